package dev.tacet.redactor.match;

import java.util.Arrays;

/**
 * One compiled form of a value, without its bytes: up to 64 of them under a pad, the rest as fingerprints.
 */
final class Form {
    /** From 64 bytes on, prefixes have fingerprints at lengths that grow by an eighth each. */
    private static final int STEPS = 8;

    /** Bytes that a first look compares. */
    private static final int LOOK = 16;

    private static final int[] NONE = {};

    final int id;
    final int length;
    /** How many bytes of its beginning are masked when a text ends within it; 0 when none are. */
    final int cut;

    private final byte[] head;
    private final int[] lengths;
    private final long[] prints;
    private final long[] shifts;

    Form(int id, byte[] bytes, int cut, Secrets secrets) {
        this.id = id;
        this.length = bytes.length;
        this.cut = cut;
        this.head = Arrays.copyOf(bytes, Math.min(bytes.length, Secrets.PAD));
        for (int i = 0; i < head.length; i++) {
            head[i] ^= secrets.pad[i];
        }
        this.lengths = bytes.length > Secrets.PAD ? lengths(bytes.length) : NONE;
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
        for (int next = Secrets.PAD + Secrets.PAD / STEPS; next < length; next += next / STEPS) {
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
        byte[] some = Arrays.copyOf(head, Math.min(head.length, Integer.BYTES));
        for (int i = 0; i < some.length; i++) {
            some[i] ^= secrets.pad[i];
        }
        return some;
    }

    /** Whether {@link #beginsAt} looks at every byte. */
    boolean isCutExact() {
        return lengths.length == 0;
    }

    /** Whether the first bytes of {@link #least} stand at {@code start}, which has to be checked to be inside; a cheap look. */
    boolean mayBeAt(byte[] bytes, int start, Secrets secrets) {
        return sameHead(bytes, start, Math.min(least(), LOOK), secrets.pad);
    }

    /** Whether the whole form stands at {@code start}. */
    boolean isAt(View view, int start, Secrets secrets) {
        return start + length <= view.length
                && sameHead(view.bytes, start, Math.min(length, Secrets.PAD), secrets.pad)
                && (lengths.length == 0 || samePrint(view, start, lengths.length - 1, secrets));
    }

    /**
     * Whether the {@code size} bytes from {@code start} on are the beginning of the form. Exact up to 64 bytes; of more, up to a
     * ninth at the end is not looked at.
     */
    boolean beginsAt(View view, int start, int size, Secrets secrets) {
        if (!sameHead(view.bytes, start, Math.min(size, Secrets.PAD), secrets.pad)) {
            return false;
        }
        int known = lengths.length - 1;
        while (known >= 0 && lengths[known] > size) {
            known--;
        }
        return known < 0 || samePrint(view, start, known, secrets);
    }

    private boolean samePrint(View view, int start, int index, Secrets secrets) {
        return view.prints(secrets.fingerprints).of(start, start + lengths[index], shifts[index]) == prints[index];
    }

    private boolean sameHead(byte[] bytes, int start, int size, byte[] pad) {
        int i = 0;
        for (; i + 8 <= size; i += 8) {
            if ((Words.eight(bytes, start + i) ^ Words.eight(pad, i)) != Words.eight(head, i)) {
                return false;
            }
        }
        for (; i < size; i++) {
            if ((bytes[start + i] ^ pad[i]) != head[i]) {
                return false;
            }
        }
        return true;
    }
}
