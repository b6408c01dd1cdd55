/** Leaks as metrics, for applications that have Micrometer. */
@NullMarked
package dev.tacet.redactor.metrics;

import org.jspecify.annotations.NullMarked;
