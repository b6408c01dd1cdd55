/**
 * Tells redactors and applications of a pod, over the socket in the volume; {@link
 * dev.tacet.sidecar.notify.PodSocket} is the way in.
 *
 * <p>The wire: one JSON object a line, UTF-8, at most 4096 bytes with its line feed, {@code type} says which. Unknown
 * types and fields are ignored, so that neighbouring versions work together. No value ever crosses it.
 */
@NullMarked
package dev.tacet.sidecar.notify;

import org.jspecify.annotations.NullMarked;
