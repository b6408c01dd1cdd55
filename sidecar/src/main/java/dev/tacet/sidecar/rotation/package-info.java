/** When to read again: pure decisions on an injected clock and random source. */
@NullMarked
package dev.tacet.sidecar.rotation;

import org.jspecify.annotations.NullMarked;
