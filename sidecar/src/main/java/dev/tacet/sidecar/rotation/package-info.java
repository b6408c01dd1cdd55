/** When to read again: pure decisions on an injected random source; the caller has the clock. */
@NullMarked
package dev.tacet.sidecar.rotation;

import org.jspecify.annotations.NullMarked;
