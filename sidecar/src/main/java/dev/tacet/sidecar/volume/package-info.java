/** The secret volume as its one writer sees it: guard, generations, the atomic swap, the sweep. */
@NullMarked
package dev.tacet.sidecar.volume;

import org.jspecify.annotations.NullMarked;
