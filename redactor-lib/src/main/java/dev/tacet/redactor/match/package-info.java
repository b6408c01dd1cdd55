/**
 * Finds values in bytes, in the forms they take when printed. Knows byte strings and numbers, not what a secret is
 * called: {@link dev.tacet.redactor.match.Matcher} is all that the front door sees.
 */
@NullMarked
package dev.tacet.redactor.match;

import org.jspecify.annotations.NullMarked;
