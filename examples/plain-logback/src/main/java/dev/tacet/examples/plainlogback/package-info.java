/** A program that logs its password, and the {@code logback.xml} that keeps it out of the log. */
@NullMarked
package dev.tacet.examples.plainlogback;

import org.jspecify.annotations.NullMarked;
