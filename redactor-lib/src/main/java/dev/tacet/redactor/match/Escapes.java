package dev.tacet.redactor.match;

/** Tells, eight bytes at a time, whether there may be escapes in a text, and of which kinds. */
final class Escapes {
    static final int BACKSLASHES = 1;
    static final int PERCENTS = 2;
    static final int REFERENCES = 4;
    /** What a terminal does not show, or may not. */
    static final int UNSEEN = 8;
    /** Lines of digits that belong together. */
    static final int WRAPS = 16;

    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long BACKSLASH = '\\' * ONES;
    private static final long PERCENT = '%' * ONES;
    private static final long AND = '&' * ONES;
    private static final long ESCAPE = 0x1b * ONES;
    private static final long BLANK = ' ' * ONES;

    private Escapes() {}

    /**
     * Something for {@link #are}, of eight bytes or by "or" of many. Subtracting 1 from a byte that is zero borrows from the top
     * bit; so may the byte above it, and bytes above 0x7f have it set in two of three: too much is seen then, never too little. All
     * control characters are seen.
     */
    static long mayBe(long word) {
        return ((word ^ BACKSLASH) - ONES) | ((word ^ PERCENT) - ONES) | ((word ^ AND) - ONES) | (word - BLANK);
    }

    /** Whether there may be any in the eight bytes before {@code end}; not asked of fewer. */
    static boolean mayEnd(byte[] bytes, int end) {
        return end >= Long.BYTES && are(mayBe(Words.eight(bytes, end - Long.BYTES)));
    }

    static boolean are(long seen) {
        return (seen & TOPS) != 0;
    }

    /** Which kinds there may be; bytes above 0x7f may be any. */
    static int kinds(byte[] bytes, int length) {
        long backslashes = 0;
        long percents = 0;
        long references = 0;
        long unseen = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            long word = Words.eight(bytes, i);
            backslashes |= (word ^ BACKSLASH) - ONES;
            percents |= (word ^ PERCENT) - ONES;
            references |= (word ^ AND) - ONES;
            unseen |= word | ((word ^ ESCAPE) - ONES);
        }
        int kinds = (are(backslashes) ? BACKSLASHES : 0)
                | (are(percents) ? PERCENTS : 0)
                | (are(references) ? REFERENCES : 0)
                | (are(unseen) ? UNSEEN : 0);
        for (; i < length; i++) {
            kinds |= kind(bytes[i]);
        }
        return Wraps.are(bytes, length) ? kinds | WRAPS : kinds;
    }

    private static int kind(byte b) {
        return switch (b) {
            case '\\' -> BACKSLASHES;
            case '%' -> PERCENTS;
            case '&' -> REFERENCES;
            default -> b < 0 || b == 0x1b ? UNSEEN : 0;
        };
    }
}
