package dev.tacet.redactor.match;

import java.util.Arrays;

/** Whether anything may stand at a place of a text, by a hash of some bytes there. Immutable. */
final class GramFilter {
    /** Bits for each hash: it passes two others in a hundred at most. */
    private static final int WIDE = 64;

    /** What a filter makes do with that would be too large for the nearer caches: it passes six in a hundred. */
    private static final int LARGE = 16;

    /** Where in a hash the five bits begin that choose a bit: not at the lowest, which depend on the first byte alone. */
    static final int BIT = 11;

    private static final int LEAST_BITS = 8;
    private static final int LARGE_BITS = 15;
    private static final int MOST_BITS = 21;

    /** A bit for each hash, by its upper bits and five others. */
    final int[] bits;
    /** How far a hash is shifted to be an index of the bits. */
    final int shift;

    private GramFilter(int[] hashes, int size) {
        int wanted = Math.min(LARGE_BITS, bits((long) size * WIDE));
        int index = Math.max(LEAST_BITS, Math.min(MOST_BITS, Math.max(wanted, bits((long) size * LARGE))));
        this.shift = Integer.SIZE - index;
        this.bits = new int[1 << index];
        for (int i = 0; i < size; i++) {
            bits[hashes[i] >>> shift] |= 1 << (hashes[i] >>> BIT);
        }
    }

    private static int bits(long wanted) {
        return Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, wanted / Integer.SIZE - 1));
    }

    boolean mayHold(int hash) {
        return ((bits[hash >>> shift] >>> (hash >>> BIT)) & 1) != 0;
    }

    /** Gathers hashes. Not for threads to share. */
    static final class Builder {
        private int[] hashes = new int[64];
        private int size;

        void add(int hash) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * size);
            }
            hashes[size++] = hash;
        }

        GramFilter build() {
            return new GramFilter(hashes, size);
        }
    }
}
