package dev.tacet.redactor.match;

import java.util.Arrays;

/**
 * What may stand at a place of a text, by a hash of some bytes there. Immutable.
 *
 * <p>A reference is the number of a form or clue, and how many of its bytes stand before the place.
 */
public final class GramTable {
    /** The bits of a reference that say how many bytes. */
    public static final int OFFSET_BITS = 8;

    private static final int LEAST_BITS = 6;
    private static final int MOST_BITS = 24;

    private final int shift;
    private final int[] starts;
    private final int[] references;

    private GramTable(int[] hashes, int[] given, int size) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, size - 1));
        bits = Math.max(LEAST_BITS, Math.min(MOST_BITS, bits));
        this.shift = Integer.SIZE - bits;
        this.starts = new int[(1 << bits) + 1];
        this.references = new int[size];
        for (int i = 0; i < size; i++) {
            starts[(hashes[i] >>> shift) + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        // Filling moves each start to the next bucket's; moving them back is cheaper than a copy.
        for (int i = 0; i < size; i++) {
            references[starts[hashes[i] >>> shift]++] = given[i];
        }
        System.arraycopy(starts, 0, starts, 1, starts.length - 1);
        starts[0] = 0;
    }

    /** Where the references for {@code hash} begin. */
    public int first(int hash) {
        return starts[hash >>> shift];
    }

    /** Behind the last of them. */
    public int last(int hash) {
        return starts[(hash >>> shift) + 1];
    }

    /** A reference, by its index between the two. */
    public int reference(int index) {
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

        GramTable build() {
            return new GramTable(hashes, references, size);
        }
    }
}
