package dev.tacet.redactor.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Undoes character references of XML (1.0, section 4.1) and HTML: by number, and by the few names that encoders write. */
final class References extends Unescaper {
    /** The longest that is read, {@code &} and {@code ;} included. */
    private static final int LONGEST = 12;

    private static final String CHARACTERS = "<>&\"'\u00a0";
    private static final List<byte[]> NAMES = Stream.of("lt", "gt", "amp", "quot", "apos", "nbsp")
            .map(name -> name.getBytes(StandardCharsets.US_ASCII))
            .toList();

    @Override
    void next() {
        while (at < length && in[at] != '&') {
            at++;
        }
    }

    @Override
    void read() {
        int end = at + 1;
        int last = Math.min(length, at + LONGEST);
        while (end < last && (in[end] == '#' || Alphabet.isLetterOrDigit(in[end]))) {
            end++;
        }
        if (end == length) {
            keep(true);
            return;
        }
        int point = in[end] == ';' && end > at + 1 ? character(at + 1, end) : -1;
        if (point >= 0) {
            replace(point, end + 1 - at);
        } else {
            keep(false);
        }
    }

    private int character(int start, int end) {
        if (in[start] == '#') {
            return number(start + 1, end);
        }
        for (int i = 0; i < NAMES.size(); i++) {
            byte[] name = NAMES.get(i);
            if (Arrays.equals(in, start, end, name, 0, name.length)) {
                return CHARACTERS.charAt(i);
            }
        }
        return -1;
    }

    private int number(int start, int end) {
        boolean hex = in[start] == 'x' || in[start] == 'X';
        int first = hex ? start + 1 : start;
        int radix = hex ? 16 : 10;
        int point = first < end ? 0 : -1;
        for (int i = first; i < end && point >= 0; i++) {
            int digit = Alphabet.hexDigit(in[i]);
            int next = radix * point + digit;
            point = digit < 0 || digit >= radix || next > Character.MAX_CODE_POINT ? -1 : next;
        }
        return point;
    }
}
