package dev.tacet.redactor.match;

import java.util.Arrays;
import java.util.List;

/**
 * Decodes what is around a clue, each part of a view at most once in each way. Reused, for one view at a time.
 *
 * <p>A coding is a number: from {@link #BASE64} on, how many characters (modulo four) stand before the clue in its base64; then
 * {@link #HEX}; then the styles of numbers with something between them.
 */
final class Codings {
    static final int BASE64 = 0;
    static final int HEX = 4;

    private static final List<NumberStyle> STYLES = List.of(
            NumberStyle.of("", "", 16),
            NumberStyle.of("", ":", 16),
            NumberStyle.of("", " ", 16),
            NumberStyle.of("", "-", 16),
            NumberStyle.of("0x", ", ", 16),
            NumberStyle.of("0x", ",", 16),
            NumberStyle.of("", ", ", 10),
            NumberStyle.of("", ",", 10),
            NumberStyle.of("", " ", 10));

    static final int COUNT = HEX + STYLES.size();

    private final Run base64 = new Run(false);
    private final Run hex = new Run(true);
    // By coding: up to where the view has been read in this way.
    private final int[] read = new int[COUNT];
    // The last run of base64, and of how many characters in it stand before a place in it.
    private int runStart;
    private int runEnd;
    private int counted;
    private int count;

    static NumberStyle style(int coding) {
        return STYLES.get(coding - HEX);
    }

    /** Begins with another view. */
    void reset() {
        Arrays.fill(read, 0);
        runEnd = 0;
    }

    /** Reads what is around the clue at {@code place} into {@code out}; false when that has been read before. */
    boolean undo(View source, int place, int coding, View out) {
        if (coding >= HEX) {
            return numbers(source, place, coding, out);
        }
        int digit = (beforeInRun(source, place) - coding) & 3;
        if (place < read[digit]) {
            return false;
        }
        read[digit] = runEnd;
        base64(source, runStart, runEnd, digit, out);
        return true;
    }

    /** How many characters of base64 stand before {@code place} in its run. */
    private int beforeInRun(View source, int place) {
        if (place < runStart || place >= runEnd) {
            runStart = base64.start(source.bytes, place);
            runEnd = base64.end(source.bytes, place, source.length);
            counted = runStart;
            count = 0;
        }
        for (; counted < place; counted++) {
            count += Alphabet.isBase64(source.bytes[counted]) ? 1 : 0;
        }
        for (; counted > place; counted--) {
            count -= Alphabet.isBase64(source.bytes[counted - 1]) ? 1 : 0;
        }
        return count;
    }

    /** Reads a run of base64 from its character {@code skip} on. */
    static void base64(View source, int start, int end, int skip, View out) {
        byte[] in = source.bytes;
        out.begin(source, (end - start) * 3 / 4 + 1);
        int bits = 0;
        int held = 0;
        int left = skip;
        int last = start; // behind the character that held the last bits of the byte before
        for (int i = start; i < end; i++) {
            int digit = Alphabet.base64Digit(in[i]);
            if (digit < 0) {
                continue;
            }
            if (left > 0) {
                left--;
                continue;
            }
            if (held == 0) {
                out.mark(last, i);
            }
            bits = bits << 6 | digit;
            held += 6;
            if (held >= 8) {
                held -= 8;
                out.append(bits >> held);
                last = i + 1;
                if (held > 0) {
                    out.mark(last, i);
                }
            }
        }
        out.endAt(padding(in, last, source.length));
    }

    private static int padding(byte[] in, int from, int length) {
        int end = from;
        while (end < length && end < from + 2 && in[end] == '=') {
            end++;
        }
        return end;
    }

    private boolean numbers(View source, int place, int coding, View out) {
        if (place < read[coding]) {
            return false;
        }
        NumberStyle style = style(coding);
        byte[] in = source.bytes;
        int start = place;
        if (coding == HEX) {
            read[coding] = hex.end(in, place, source.length);
            hexRun(source, hex.start(in, place), place, read[coding], out);
            return true;
        }
        for (int before = place; before >= 0; before = style.before(in, start)) {
            start = before;
        }
        read[coding] = numbers(source, start, source.length, style, out);
        return true;
    }

    /** Reads hexadecimal digits without gaps, such that a byte begins at {@code place}. */
    private void hexRun(View source, int start, int place, int end, View out) {
        byte[] in = source.bytes;
        boolean odd = false;
        for (int i = start; i < place; i++) {
            odd ^= Alphabet.hexDigit(in[i]) >= 0;
        }
        hex(source, start, end, odd ? 1 : 0, out);
    }

    /** Reads a run of hexadecimal digits from its digit {@code skip} on. */
    static void hex(View source, int start, int end, int skip, View out) {
        byte[] in = source.bytes;
        out.begin(source, (end - start) / 2 + 1);
        int left = skip;
        int high = -1;
        int last = start;
        for (int i = start; i < end; i++) {
            int digit = Alphabet.hexDigit(in[i]);
            if (digit < 0) {
                continue;
            }
            if (left > 0) {
                left--;
            } else if (high < 0) {
                high = digit;
                out.mark(last, i);
            } else {
                out.append(high << 4 | digit);
                high = -1;
                last = i + 1;
            }
        }
        out.endAt(last);
    }

    /** Reads numbers from {@code start} on as far as they go, to {@code limit} at most; where they end. */
    static int numbers(View source, int start, int limit, NumberStyle style, View out) {
        byte[] in = source.bytes;
        byte[] separator = style.separator();
        out.begin(source, (limit - start) / 2 + 1);
        int last = start;
        int at = start;
        while (at >= 0) {
            int end = style.end(in, at, limit);
            if (end < 0) {
                break;
            }
            out.mark(last, at);
            out.append(style.value(in, at, end));
            last = end;
            at = NumberStyle.isAt(separator, in, end, limit) ? end + separator.length : -1;
        }
        out.endAt(last);
        return last;
    }
}
