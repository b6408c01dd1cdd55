package dev.tacet.redactor.rules;

import java.util.function.IntPredicate;

/** A set of bytes, as a table; and how far a run of them goes. */
final class Letters {
    static final Letters WORD = of(c -> alphanumeric(c) || c == '_' || c == '-');
    static final Letters ALPHANUMERIC = of(Letters::alphanumeric);
    static final Letters HEX = of(c -> Character.digit(c, 16) >= 0 && c < 0x80);
    static final Letters UPPER_OR_DIGIT = of(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));

    /** RFC 6750's b64token, and RFC 7235's token68. */
    static final Letters TOKEN_68 = of(c -> alphanumeric(c) || "-._~+/=".indexOf(c) >= 0);

    /** What an unquoted value in a log may be made of: all but blanks and what comes between values. */
    static final Letters VALUE = of(c -> c > ' ' && c != 0x7f && ",;&)]}\"'<>|\\".indexOf(c) < 0);

    /** What an unquoted key or token may be made of. */
    static final Letters TELLING = of(c -> alphanumeric(c) || "-._~+/=:%!*$".indexOf(c) >= 0);

    private final boolean[] table = new boolean[256];

    private Letters(IntPredicate member) {
        for (int c = 0; c < table.length; c++) {
            table[c] = member.test(c);
        }
    }

    static Letters of(IntPredicate member) {
        return new Letters(member);
    }

    private static boolean alphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    boolean has(byte b) {
        return table[b & 0xff];
    }

    /** Whether one of them stands before {@code index}, and not as the end of a colour code or an escape, {@code %3D} or {@code \\n}. */
    boolean before(byte[] in, int index) {
        return index > 0 && has(in[index - 1]) && !endsEscape(in, index);
    }

    private static boolean endsEscape(byte[] in, int index) {
        if (index >= 2 && in[index - 2] == '\\') {
            return true;
        }
        if (index >= 3 && in[index - 3] == '%' && HEX.has(in[index - 2]) && HEX.has(in[index - 1])) {
            return true;
        }
        int at = index - 2;
        while (at > 0 && ((in[at] >= '0' && in[at] <= '9') || in[at] == ';')) {
            at--;
        }
        return at > 0 && in[at] == '[' && in[at - 1] == 0x1b;
    }

    /** Where a run of them ends that begins at {@code from}; looks at {@code most} at most. */
    int end(byte[] in, int from, int most) {
        int limit = (int) Math.min(in.length, (long) from + most);
        int end = from;
        while (end < limit && table[in[end] & 0xff]) {
            end++;
        }
        return end;
    }
}
