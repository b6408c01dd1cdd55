package dev.tacet.redactor.match;

import org.jspecify.annotations.Nullable;

/**
 * Finds tokens by their shape. Immutable; any number of threads may use one at the same time. Its time is linear in the
 * length of the input, and an input without a token costs no allocation.
 */
public interface Detector {

    /**
     * Looks through all of {@code input}, which is one or more whole log events or lines in UTF-8 or any other bytes.
     *
     * @param hits what was found so far by others; null when nothing
     * @return {@code hits} with what was found here added; null when there is still nothing
     */
    @Nullable
    HitList detect(byte[] input, @Nullable HitList hits);

    /**
     * For streams: the index from which on the bytes of {@code input} may belong to a token that goes on behind its end,
     * or the length of {@code input} when no byte may. Whatever follows, {@link #detect} finds nothing that reaches over this
     * index from before it, other than what it finds in {@code input} already.
     */
    int live(byte[] input);
}
