/**
 * A service that signs in to a backend with a secret from the volume and logs it in every careless way there is.
 *
 * <p>{@link dev.tacet.examples.quickstart.Service} is the entry point; {@code logback.xml} is all that stands between
 * its lines and the log.
 */
@NullMarked
package dev.tacet.examples.quickstart;

import org.jspecify.annotations.NullMarked;
