package dev.tacet.redactor.match;

import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of any part of one input in a bounded number of steps, whatever the part's length: without it, an input made
 * of near misses of a long value would cost its length times the value's.
 *
 * <p>Keeps the fingerprint of every 16th prefix, half the input's size, made at the first use. Not for threads to share.
 */
final class InputPrints {
    private static final int STRIDE = 16;

    private final Fingerprints fingerprints;
    private final byte[] input;
    private final int length;
    private long @Nullable [] prefixes;

    InputPrints(Fingerprints fingerprints, byte[] input, int length) {
        this.fingerprints = fingerprints;
        this.input = input;
        this.length = length;
    }

    long of(int from, int to, long shift) {
        return Fingerprints.suffix(prefix(to), prefix(from), shift);
    }

    private long prefix(int end) {
        long[] known = prefixes;
        if (known == null) {
            known = new long[length / STRIDE + 1];
            for (int i = 1; i < known.length; i++) {
                known[i] = fingerprints.extend(known[i - 1], input, (i - 1) * STRIDE, i * STRIDE);
            }
            prefixes = known;
        }
        int step = end / STRIDE;
        return fingerprints.extend(known[step], input, step * STRIDE, end);
    }
}
