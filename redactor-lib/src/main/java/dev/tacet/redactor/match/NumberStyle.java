package dev.tacet.redactor.match;

import java.nio.charset.StandardCharsets;

/** A way to write bytes one by one: {@code 73:65:63}, {@code 0x73, 0x65, 0x63}, {@code [115, 101, 99]}, {@code [s, e, c]}. */
final class NumberStyle {
    private static final int CHARACTERS = 1;

    private final byte[] prefix;
    private final byte[] separator;
    private final int radix;

    private NumberStyle(byte[] prefix, byte[] separator, int radix) {
        this.prefix = prefix;
        this.separator = separator;
        this.radix = radix;
    }

    /** Bytes as the characters that they are, {@code [s, e, c]}: what a list or an array of characters prints. */
    static NumberStyle characters(String separator) {
        return of("", separator, CHARACTERS);
    }

    /**
     * A style.
     *
     * @param prefix what stands before each number
     * @param separator what stands between two; empty for hexadecimal digits without a gap
     * @param radix 16 or 10
     */
    static NumberStyle of(String prefix, String separator, int radix) {
        return new NumberStyle(
                prefix.getBytes(StandardCharsets.US_ASCII), separator.getBytes(StandardCharsets.US_ASCII), radix);
    }

    byte[] prefix() {
        return prefix;
    }

    byte[] separator() {
        return separator;
    }

    boolean isCharacters() {
        return radix == CHARACTERS;
    }

    boolean isHex() {
        return radix == 16;
    }

    /** Where the number ends that begins at {@code at}, its prefix included; -1 when there is none. */
    int end(byte[] bytes, int at, int length) {
        if (!isAt(prefix, bytes, at, length)) {
            return -1;
        }
        int first = at + prefix.length;
        int i = first;
        if (radix == CHARACTERS) {
            return at < length ? at + 1 : -1;
        }
        if (radix == 10) {
            if (i < length && bytes[i] == '-') {
                i++;
                first++;
            }
            while (i < length && i < first + 3 && bytes[i] >= '0' && bytes[i] <= '9') {
                i++;
            }
            return i > first && (i == length || !Alphabet.isLetterOrDigit(bytes[i])) ? i : -1;
        }
        while (i < length && i < first + 2 && Alphabet.hexDigit(bytes[i]) >= 0) {
            i++;
        }
        return i == first + 2 || (i > first && prefix.length > 0) ? i : -1;
    }

    /** The number that stands from {@code at} to {@code end}, as one byte. */
    int value(byte[] bytes, int at, int end) {
        if (radix == CHARACTERS) {
            return bytes[at];
        }
        int value = 0;
        for (int i = at + prefix.length; i < end; i++) {
            value = bytes[i] == '-' ? 0 : radix * value + Alphabet.hexDigit(bytes[i]);
        }
        return bytes[at + prefix.length] == '-' ? -value : value;
    }

    /** Where the number begins that stands before the separator before {@code at}; -1 when there is none. */
    int before(byte[] bytes, int at) {
        int end = at - separator.length;
        if (end < 0 || !isAt(separator, bytes, end, at)) {
            return -1;
        }
        int most = prefix.length + (radix == 10 ? 4 : radix == CHARACTERS ? 1 : 2);
        int least = prefix.length + (radix == 16 && prefix.length == 0 ? 2 : 1);
        for (int start = Math.max(0, end - most); start <= end - least; start++) {
            if (end(bytes, start, end) == end) {
                return start;
            }
        }
        return -1;
    }

    /** The most bytes that one number, the separator behind it and a part of the next number take. */
    int widest() {
        return 2 * (prefix.length + 4) + separator.length;
    }

    /** Whether nothing follows the number that ends at {@code end}, or only what may be the beginning of another. */
    boolean mayGoOn(byte[] bytes, int end, int length) {
        int i = end;
        for (byte[] expected : new byte[][] {separator, prefix}) {
            for (int j = 0; j < expected.length; j++) {
                if (i == length) {
                    return true;
                }
                if (bytes[i++] != expected[j]) {
                    return false;
                }
            }
        }
        int first = i;
        while (i < length && (Alphabet.hexDigit(bytes[i]) >= 0 || (i == first && bytes[i] == '-'))) {
            i++;
        }
        return i == length && i - first <= (radix == 10 ? 4 : radix == CHARACTERS ? 0 : 1);
    }

    static boolean isAt(byte[] wanted, byte[] bytes, int at, int length) {
        if (at + wanted.length > length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
