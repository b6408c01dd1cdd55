package dev.tacet.redactor.rules;

/** What a rule says of a place, in a number, so that saying no costs no allocation. */
final class Match {
    /** Nothing there, whatever follows. */
    static final long NONE = 0;

    private static final long FOUND = 1;
    private static final long OPEN = 2;
    private static final int END_SHIFT = 2;
    private static final int START_SHIFT = 33;
    private static final long MASK = Integer.MAX_VALUE;

    private Match() {}

    /** A token; what stands from {@code start} to {@code end} is to be masked. */
    static long found(int start, int end) {
        return FOUND | (long) end << END_SHIFT | (long) start << START_SHIFT;
    }

    /** A token so far, which may go on behind the end of the text. */
    static long foundOpen(int start, int end) {
        return found(start, end) | OPEN;
    }

    /** None so far, but what begins at {@code start} may become one. */
    static long open(int start) {
        return OPEN | (long) start << START_SHIFT;
    }

    static boolean isFound(long match) {
        return (match & FOUND) != 0;
    }

    static boolean isOpen(long match) {
        return (match & OPEN) != 0;
    }

    static int start(long match) {
        return (int) ((match >>> START_SHIFT) & MASK);
    }

    static int end(long match) {
        return (int) ((match >>> END_SHIFT) & MASK);
    }
}
