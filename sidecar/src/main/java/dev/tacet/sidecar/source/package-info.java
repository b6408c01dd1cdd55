/** Where secrets come from: a vault server, or one sealed file. */
@NullMarked
package dev.tacet.sidecar.source;

import org.jspecify.annotations.NullMarked;
