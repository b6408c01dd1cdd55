/** Tells redactors and applications of a pod, over the socket in the volume. */
@NullMarked
package dev.tacet.sidecar.notify;

import org.jspecify.annotations.NullMarked;
