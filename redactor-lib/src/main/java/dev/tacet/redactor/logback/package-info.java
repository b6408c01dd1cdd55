/**
 * Redaction inside Logback. Name {@link dev.tacet.redactor.logback.RedactingEncoder} in {@code logback.xml} around the
 * encoder that is there. This is the only package that knows Logback.
 */
@NullMarked
package dev.tacet.redactor.logback;

import org.jspecify.annotations.NullMarked;
