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

    private static final int FEW = 256;

    private static final List<NumberStyle> STYLES = List.of(
            NumberStyle.of("", "", 16),
            NumberStyle.of("", ":", 16),
            NumberStyle.of("", " ", 16),
            NumberStyle.of("", "-", 16),
            NumberStyle.of("0x", ", ", 16),
            NumberStyle.of("0x", ",", 16),
            NumberStyle.of("", ", ", 10),
            NumberStyle.of("", ",", 10),
            NumberStyle.of("", " ", 10),
            NumberStyle.characters(", "));

    static final int COUNT = HEX + STYLES.size();

    // By coding: what has been read in this way last; and behind them the same for hexadecimal digits at odd places.
    private final int[] readFrom = new int[COUNT + 1];
    private final int[] readTo = new int[COUNT + 1];
    // The last run of base64.
    private int runStart;
    private int runEnd;

    static NumberStyle style(int coding) {
        return STYLES.get(coding - HEX);
    }

    /** Begins with another view. */
    void reset() {
        Arrays.fill(readTo, 0);
        runEnd = 0;
    }

    /** Reads what is around the clue at {@code place} into {@code out}; false when that has been read before. */
    boolean undo(View source, int place, int coding, View out) {
        if (coding >= HEX) {
            return numbers(source, place, coding, out);
        }
        int digit = (beforeInRun(source, place) - coding) & 3;
        if (isRead(digit, place)) {
            return false;
        }
        readFrom[digit] = runStart;
        readTo[digit] = runEnd;
        base64(source, runStart, runEnd, digit, out);
        return true;
    }

    private boolean isRead(int slot, int place) {
        return place >= readFrom[slot] && place < readTo[slot];
    }

    /** How many characters of base64 stand before {@code place} in its run. */
    private int beforeInRun(View source, int place) {
        if (place < runStart || place >= runEnd) {
            runStart = base64Start(source, place);
            int end = place;
            while (end < source.length && Alphabet.isBase64(source.bytes[end])) {
                end++;
            }
            runEnd = end;
        }
        return place - runStart;
    }

    /** Where the run of base64 begins that ends before {@code place}. */
    static int base64Start(View source, int place) {
        int start = place;
        while (start > 0 && Alphabet.isBase64(source.bytes[start - 1])) {
            start--;
        }
        return start;
    }

    /** Reads a run of base64 from its character {@code skip} on. */
    static void base64(View source, int start, int end, int skip, View out) {
        byte[] in = source.bytes;
        out.begin(source, (end - start) * 3 / 4 + 1);
        int bits = 0;
        int held = 0;
        int last = start; // behind the character that held the last bits of the byte before
        for (int i = start + skip; i < end; i++) {
            int digit = Alphabet.base64Digit(in[i]);
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
        out.isText = false;
    }

    private static int padding(byte[] in, int from, int length) {
        int end = from;
        while (end < length && end < from + 2 && in[end] == '=') {
            end++;
        }
        return end;
    }

    private boolean numbers(View source, int place, int coding, View out) {
        NumberStyle style = style(coding);
        int slot = coding == HEX && (place & 1) == 1 ? COUNT : coding;
        if (isRead(slot, place)) {
            return false;
        }
        int start = place;
        for (int before = place; before >= 0; before = style.before(source.bytes, start)) {
            start = before;
        }
        readFrom[slot] = start;
        readTo[slot] = numbers(source, start, source.length, style, out);
        return true;
    }

    /** Reads numbers from {@code start} on as far as they go, to {@code limit} at most; where they end. */
    static int numbers(View source, int start, int limit, NumberStyle style, View out) {
        byte[] in = source.bytes;
        byte[] separator = style.separator();
        out.begin(source, FEW); // how many there are shows at their end, and mostly they are few
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
        out.isText = false;
        return last;
    }
}
