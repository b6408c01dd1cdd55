package dev.tacet.redactor;

import dev.tacet.redactor.match.Matcher;

/**
 * What may go out of a stream now. Not a record: records print their components.
 */
public final class Part {
    /** How many bytes that went out matter for what follows. */
    public static final int CONTEXT = Matcher.CONTEXT;

    private final byte[] out;
    private final int end;

    Part(byte[] out, int end) {
        this.out = out;
        this.end = end;
    }

    /** The bytes to write, masked. The array is not shared. */
    public byte[] out() {
        return out;
    }

    /** The index in the input behind the last byte that {@link #out} stands for; what follows is to be kept back. */
    public int end() {
        return end;
    }

    @Override
    public String toString() {
        return "Part";
    }
}
