/** Redaction of byte streams: any output stream, and on request {@code System.out} and {@code System.err}. */
@NullMarked
package dev.tacet.redactor.stream;

import org.jspecify.annotations.NullMarked;
