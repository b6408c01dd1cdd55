package dev.tacet.redactor.match;

import java.util.Arrays;

/**
 * One compiled form of a value, without its bytes: those of one that may be cut short under a pad, of others {@value #HEAD} so; and fingerprints, for a
 * comparison that takes the same time however long a form is.
 */
final class Form {
    /** From 64 bytes on, prefixes have fingerprints at lengths that grow by an eighth each. */
    private static final int STEPS = 8;

    /** Bytes that are always compared one by one. */
    private static final int HEAD = 64;

    /** Bytes that a first look compares. */
    private static final int LOOK = 16;

    private static final int[] NONE = {};

    final int id;
    final int length;
    /** How many bytes of its beginning are masked when a text ends within it; 0 when none are. */
    final int cut;

    // All bytes when beginnings are looked for, else the first ones.
    private final byte[] padded;
    private final int[] lengths;
    private final long[] prints;
    private final long[] shifts;

    Form(int id, byte[] bytes, int cut, Secrets secrets) {
        this.id = id;
        this.length = bytes.length;
        this.cut = cut;
        this.padded = Arrays.copyOf(bytes, cut > 0 ? bytes.length : Math.min(bytes.length, HEAD));
        for (int i = 0; i < padded.length; i++) {
            padded[i] ^= secrets.pad[i];
        }
        this.lengths = bytes.length > HEAD ? lengths(bytes.length) : NONE;
        this.prints = new long[lengths.length];
        this.shifts = new long[lengths.length];
        long print = 0;
        int from = 0;
        for (int i = 0; i < lengths.length; i++) {
            print = secrets.fingerprints.extend(print, bytes, from, lengths[i]);
            from = lengths[i];
            prints[i] = print;
            shifts[i] = secrets.fingerprints.shift(from);
        }
    }

    private static int[] lengths(int length) {
        int[] some = new int[STEPS * Integer.SIZE];
        int count = 0;
        for (int next = HEAD + HEAD / STEPS; next < length; next += next / STEPS) {
            some[count++] = next;
        }
        some[count++] = length;
        return Arrays.copyOf(some, count);
    }

    /** How many bytes there are of it at least wherever it is found. */
    int least() {
        return cut > 0 ? cut : length;
    }

    /** Its first bytes, four at most. */
    byte[] beginning(Secrets secrets) {
        byte[] some = Arrays.copyOf(padded, Math.min(padded.length, Integer.BYTES));
        for (int i = 0; i < some.length; i++) {
            some[i] ^= secrets.pad[i];
        }
        return some;
    }

    /** Whether the first bytes of {@link #least} stand at {@code start}, which has to be checked to be inside; a cheap look. */
    boolean mayBeAt(byte[] bytes, int start, Secrets secrets) {
        return same(bytes, start, 0, Math.min(least(), LOOK), secrets.pad);
    }

    /** Whether the whole form stands at {@code start}. */
    boolean isAt(View view, int start, Secrets secrets) {
        return start + length <= view.length
                && same(view.bytes, start, 0, Math.min(length, HEAD), secrets.pad)
                && (lengths.length == 0 || samePrint(view, start, lengths.length - 1, secrets));
    }

    /**
     * Whether the {@code size} bytes from {@code start} on are the beginning of the form, to the last of them; of one that cannot be cut short, the beginning up
     * to where bytes or fingerprints are known.
     */
    boolean beginsAt(View view, int start, int size, Secrets secrets) {
        if (!same(view.bytes, start, 0, Math.min(size, HEAD), secrets.pad)) {
            return false;
        }
        int known = lengths.length - 1;
        while (known >= 0 && lengths[known] > size) {
            known--;
        }
        // The fingerprint first, so that a near miss costs the same wherever it misses.
        int from = known < 0 ? HEAD : lengths[known];
        return (known < 0 || samePrint(view, start, known, secrets))
                && same(view.bytes, start, from, Math.min(size, padded.length), secrets.pad);
    }

    private boolean samePrint(View view, int start, int index, Secrets secrets) {
        return view.prints(secrets.fingerprints).of(start, start + lengths[index], shifts[index]) == prints[index];
    }

    private boolean same(byte[] bytes, int start, int from, int to, byte[] pad) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            if ((Words.eight(bytes, start + i) ^ Words.eight(pad, i)) != Words.eight(padded, i)) {
                return false;
            }
        }
        for (; i < to; i++) {
            if ((bytes[start + i] ^ pad[i]) != padded[i]) {
                return false;
            }
        }
        return true;
    }
}
