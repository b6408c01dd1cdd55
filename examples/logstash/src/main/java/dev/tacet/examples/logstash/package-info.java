/** A program that logs JSON lines with a token in them, and the {@code logback.xml} that keeps it out of the log. */
@NullMarked
package dev.tacet.examples.logstash;

import org.jspecify.annotations.NullMarked;
