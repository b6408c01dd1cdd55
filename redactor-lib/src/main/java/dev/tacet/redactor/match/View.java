package dev.tacet.redactor.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that were read out of other bytes by undoing an encoding, and where each came from; or the input itself. Reused, for
 * one thread at a time.
 *
 * <p>Most bytes are taken over as they are, so only the places are kept where that is not so: a mark says that the byte
 * with index {@code at} comes from {@code from}, and that what comes before it ended at {@code before}. The two differ where
 * something was left out, and where two bytes share a character, as in base64.
 */
final class View {
    /** Encodings inside each other that are undone, and one more when all of them are backslashes. */
    private static final int DEEPEST = 2;

    /** Views of views at most, with two for each from which what is not seen and breaks of lines are left out, and one more to try. */
    private static final int LEVELS = 3 * (DEEPEST + 2) + 1;

    /** What is longer is not kept for the next use. */
    private static final int KEPT = 64 * 1024;

    byte[] bytes = {};
    int length;
    /** How many encodings were undone; 0 for the input. */
    int depth;
    /** Whether all of them were backslashes. */
    boolean backslashesOnly;
    /** Whether this is a text, escaped at most, in which a value may have been cut short; not what was decoded out of one. */
    boolean isText;
    /** Whether nothing follows; what is cut at the end was cut short then. */
    boolean ends;

    /** Whether what is not seen, or breaks of lines, have been left out of what was decoded last. Once is enough: more could go on for ever. */
    boolean allSeen;

    boolean joined;

    private byte[] own = {};
    // Where in the input its first byte stands, when it is the input or the end of it.
    private int origin;
    private int[] at = new int[16];
    private int[] from = new int[16];
    private int[] before = new int[16];
    private int marks;
    // What this was read out of; null for the input itself.
    private @Nullable View under;
    private @Nullable InputPrints prints;

    /** Views for a text and views of views of it. */
    static View[] stack() {
        View[] views = new View[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            views[i] = new View();
        }
        return views;
    }

    /** Whether another encoding may be undone. */
    boolean mayDecode() {
        return depth < DEEPEST;
    }

    /** Whether another level of backslashes may be undone. */
    boolean mayDecodeBackslashes() {
        return depth < DEEPEST || (depth == DEEPEST && backslashesOnly);
    }

    /** Becomes the input itself. */
    void wrap(byte[] input, int size, boolean whole) {
        bytes = input;
        length = size;
        ends = whole;
        origin = 0;
        isText = true;
        allSeen = false;
        joined = false;
        depth = 0;
        backslashesOnly = true;
    }

    /** Becomes the end of an input that goes on: of {@code input} the bytes from {@code from} on. */
    void wrapEnd(byte[] input, int from) {
        wrap(from == 0 ? input : Arrays.copyOfRange(input, from, input.length), input.length - from, false);
        origin = from;
    }

    /** Becomes an empty view, for at most {@code most} bytes read out of {@code source}. */
    void begin(View source, int most) {
        if (own.length < most) {
            own = new byte[Math.max(most, 256)];
        }
        bytes = own;
        under = source;
        depth = source.depth + 1;
        backslashesOnly = false;
        ends = source.ends;
        isText = source.isText;
        allSeen = false;
        joined = false;
    }

    /** Appends bytes that are the same in both. */
    void copy(byte[] source, int start, int end) {
        System.arraycopy(source, start, bytes, length, end - start);
        length += end - start;
    }

    /** Appends a byte; makes room for it if there were more than {@link #begin} was told. */
    void append(int value) {
        if (length == own.length) {
            own = Arrays.copyOf(own, 2 * length);
            bytes = own;
        }
        own[length++] = (byte) value;
    }

    /** Says where the next byte comes from, and where the one before it ended. */
    void mark(int endBefore, int next) {
        if (marks > 0 && at[marks - 1] == length) {
            from[marks - 1] = next; // several things were left out, one after the other
            return;
        }
        if (marks == at.length) {
            at = Arrays.copyOf(at, 2 * marks);
            from = Arrays.copyOf(from, 2 * marks);
            before = Arrays.copyOf(before, 2 * marks);
        }
        at[marks] = length;
        before[marks] = endBefore;
        from[marks++] = next;
    }

    /** Says where the last byte ends, when more than itself belongs to it. */
    void endAt(int place) {
        if (marks > 0 && at[marks - 1] == length) {
            before[marks - 1] = place;
        } else {
            mark(place, place);
        }
    }

    /** Where in the input the byte with this index begins. */
    int start(int index) {
        int mark = markAt(index);
        int place = mark < 0 ? index : from[mark] + index - at[mark];
        return under == null ? origin + place : under.start(place);
    }

    /** Where in the input the bytes before this index end. */
    int end(int index) {
        int mark = markAt(index);
        int place = mark < 0 ? index : at[mark] == index ? before[mark] : from[mark] + index - at[mark];
        return under == null ? origin + place : under.end(place);
    }

    /** Fingerprints of parts of this view. */
    InputPrints prints(Fingerprints fingerprints) {
        InputPrints known = prints;
        if (known == null) {
            known = new InputPrints(fingerprints, bytes, length);
            prints = known;
        }
        return known;
    }

    private int markAt(int index) {
        int mark = Arrays.binarySearch(at, 0, marks, index);
        return mark < 0 ? -mark - 2 : mark;
    }

    /** Forgets what was read: it may have been a secret. */
    void wipe() {
        if (own.length > KEPT || at.length > KEPT) {
            own = new byte[0];
            at = new int[16];
            from = new int[16];
            before = new int[16];
        } else if (bytes == own) {
            Arrays.fill(own, 0, length, (byte) 0);
        }
        bytes = own;
        length = 0;
        marks = 0;
        under = null;
        prints = null;
    }
}
