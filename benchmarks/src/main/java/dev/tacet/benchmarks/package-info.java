/**
 * Measures the redactor beside others over the same data, and what each of them finds. {@code benchmarks/run} starts it.
 */
@NullMarked
package dev.tacet.benchmarks;

import org.jspecify.annotations.NullMarked;
