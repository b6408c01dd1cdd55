package dev.tacet.redactor.match;

import java.util.Arrays;

/** Compiled clues, without their bytes. Arrays rather than objects: there are about fifty for each value. Nothing is added once others read. */
final class ClueList {
    private long[] mixes = new long[64];
    private byte[] lengths = new byte[64];
    private byte[] codings = new byte[64];
    private int size;

    /** Adds a clue; its number. */
    int add(long mix, int length, int coding) {
        if (size == mixes.length) {
            mixes = Arrays.copyOf(mixes, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
            codings = Arrays.copyOf(codings, 2 * size);
        }
        mixes[size] = mix;
        lengths[size] = (byte) length;
        codings[size] = (byte) coding;
        return size++;
    }

    boolean isAt(int clue, int start, byte[] bytes, int length, Secrets secrets) {
        int bytesOfClue = lengths[clue];
        return start >= 0 && start + bytesOfClue <= length && secrets.mix(bytes, start, bytesOfClue) == mixes[clue];
    }

    int coding(int clue) {
        return codings[clue];
    }
}
