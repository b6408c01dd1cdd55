package dev.tacet.redactor.match;

import java.util.Arrays;

/**
 * What may stand at a place of a text, by a hash of a few bytes there: a bit table that says whether anything may, and what. Immutable.
 *
 * <p>A reference is the number of a form or clue, and how many of its bytes stand before the place.
 */
final class GramTable {
    /** The bits of a reference that say how many bytes. */
    static final int OFFSET_BITS = 8;

    private static final int LEAST_BITS = 12;
    private static final int MOST_BITS = 26;

    /** A bit for each upper part of a hash. */
    final long[] filter;
    /** How far a hash is shifted to be an index of a bit. */
    final int shift;

    private final int bucketShift;
    private final int[] starts;
    private final int[] references;

    /** @param spread bits in the filter for each reference, a power of two */
    private GramTable(int[] hashes, int[] given, int size, int spread) {
        int bits = bits(size * (long) spread);
        this.shift = Integer.SIZE - bits;
        this.filter = new long[1 << (bits - 6)];
        int bucketBits = bits(size);
        this.bucketShift = Integer.SIZE - bucketBits;
        this.starts = new int[(1 << bucketBits) + 1];
        this.references = new int[size];
        for (int i = 0; i < size; i++) {
            int bit = hashes[i] >>> shift;
            filter[bit >>> 6] |= 1L << bit;
            starts[(hashes[i] >>> bucketShift) + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] next = starts.clone();
        for (int i = 0; i < size; i++) {
            references[next[hashes[i] >>> bucketShift]++] = given[i];
        }
    }

    private static int bits(long wanted) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, wanted - 1));
        return Math.max(LEAST_BITS, Math.min(MOST_BITS, bits));
    }

    int first(int hash) {
        return starts[hash >>> bucketShift];
    }

    /** Behind the last. */
    int last(int hash) {
        return starts[(hash >>> bucketShift) + 1];
    }

    int reference(int index) {
        return references[index];
    }

    /** Gathers references. Not for threads to share. */
    static final class Builder {
        private int[] hashes = new int[64];
        private int[] references = new int[64];
        private int size;

        void add(int hash, int number, int offset) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * size);
                references = Arrays.copyOf(references, 2 * size);
            }
            hashes[size] = hash;
            references[size++] = number << OFFSET_BITS | offset;
        }

        boolean isEmpty() {
            return size == 0;
        }

        GramTable build(int spread) {
            return new GramTable(hashes, references, size, spread);
        }
    }
}
