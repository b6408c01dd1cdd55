/**
 * The front door: hand a {@link dev.tacet.redactor.Redactor} the values that must not appear, and bytes to clean.
 *
 * <p>The common path needs none of this: name {@code dev.tacet.redactor.logback.RedactingEncoder} in {@code logback.xml}.
 * Public types of this package keep their meaning within a major version.
 */
@NullMarked
package dev.tacet.redactor;

import org.jspecify.annotations.NullMarked;
