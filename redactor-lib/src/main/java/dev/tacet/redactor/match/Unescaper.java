package dev.tacet.redactor.match;

/**
 * Undoes one level of one kind of escapes in a view. Reused, for one thread at a time.
 *
 * <p>Each kind is undone alone, and kinds inside each other by one after the other, in each order: to undo all at once would be
 * cheaper, and would take apart a value that holds {@code %41} itself and was then escaped for JSON.
 */
abstract class Unescaper {
    /** What {@link #hex} answers when the text ends too early to tell. */
    static final int CUT = -2;

    private static final byte[] NOTHING = {};

    byte[] in = NOTHING;
    int length;
    int at;
    private View out = new View();
    private int copied;
    private int open;

    /** Moves {@link #at} to where an escape may begin, or to the length. */
    abstract void next();

    /** Reads what begins at {@link #at}: calls one of {@link #replace}, {@link #replaceByByte} and {@link #keep}. */
    abstract void read();

    /**
     * Reads {@code source} into {@code result}, whose bytes and places are only right when something was escaped.
     *
     * @return whether anything was escaped
     */
    final boolean undo(View source, View result) {
        in = source.bytes;
        length = source.length;
        out = result;
        at = 0;
        copied = 0;
        open = length;
        for (next(); at < length; next()) {
            read();
        }
        if (copied > 0) {
            out.copy(in, copied, length);
        }
        in = NOTHING;
        return copied > 0;
    }

    /** Where an escape begins within which the text of the last {@link #undo} ends; its length when there is none. */
    final int open() {
        return open;
    }

    /** Puts {@code codePoint} in the place of the {@code size} bytes here; leaves them out when it is negative. */
    final void replace(int codePoint, int size) {
        begin(size);
        if (codePoint >= 0x10000) {
            out.append(0xf0 | (codePoint >> 18));
            out.append(0x80 | ((codePoint >> 12) & 0x3f));
            out.append(0x80 | ((codePoint >> 6) & 0x3f));
            out.append(0x80 | (codePoint & 0x3f));
        } else if (codePoint >= 0x800) {
            out.append(0xe0 | (codePoint >> 12));
            out.append(0x80 | ((codePoint >> 6) & 0x3f));
            out.append(0x80 | (codePoint & 0x3f));
        } else if (codePoint >= 0x80) {
            out.append(0xc0 | (codePoint >> 6));
            out.append(0x80 | (codePoint & 0x3f));
        } else if (codePoint >= 0) {
            out.append(codePoint);
        }
        out.mark(at, at);
    }

    final void replaceByByte(int value, int size) {
        begin(size);
        out.append(value);
        out.mark(at, at);
    }

    private void begin(int size) {
        out.copy(in, copied, at);
        out.mark(at, at);
        at += size;
        copied = at;
    }

    /** Not an escape, or one that is cut: goes on behind its first byte, which stays. */
    final void keep(boolean cut) {
        if (cut) {
            cut();
        }
        at++;
    }

    /** Notes that the text ends within the escape here. */
    final void cut() {
        open = Math.min(open, at);
    }

    /** The number that {@code digits} hexadecimal digits make; -1 when they are none, {@link #CUT} when the text ends. */
    final int hex(int start, int digits) {
        long value = 0;
        for (int i = start; i < start + digits; i++) {
            if (i >= length) {
                return CUT;
            }
            int digit = Alphabet.hexDigit(in[i]);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }
}
