package dev.tacet.redactor.match;

/**
 * Places where a text may have been cut short: its end, the end of a line or a quotation, and dots that say so. Not the end of a word: names
 * that begin like a value are in every other line.
 */
final class Cuts {
    private Cuts() {}

    /** Where a text ends but for the line breaks behind it: every file and event has one that nobody meant. */
    static int textEnd(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return end;
    }

    /**
     * How far the beginning of {@code form} goes from {@code start} on, when it is long enough and a text may have been cut there;
     * else -1.
     */
    static int end(View view, int start, Form form, Secrets secrets) {
        int last = Math.min(view.length, start + form.length);
        int end = -1;
        for (int i = start + form.cut; i <= last; i++) {
            if (isCut(view, i)) {
                if (!form.beginsAt(view, start, i - start, secrets)) {
                    return end;
                }
                end = i;
            }
        }
        return end;
    }

    private static boolean isCut(View view, int at) {
        byte[] bytes = view.bytes;
        int length = view.length;
        if (at == length) {
            return view.ends;
        }
        return switch (bytes[at]) {
            case '\n', '\r', '"' -> true;
            case '.' -> at + 2 < length && bytes[at + 1] == '.' && bytes[at + 2] == '.';
            // U+2026, one character for three dots
            case (byte) 0xe2 -> at + 2 < length && bytes[at + 1] == (byte) 0x80 && bytes[at + 2] == (byte) 0xa6;
            default -> false;
        };
    }
}
