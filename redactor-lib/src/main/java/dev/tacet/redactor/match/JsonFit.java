package dev.tacet.redactor.match;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes hits such that what was valid JSON stays valid.
 *
 * <ol>
 *   <li>No edge cuts an escape: {@code \n0ther} with the value {@code n0ther} must not leave a lone backslash, nor a mask
 *       end before the quote of {@code \"}. This holds for every text, since a line may hold JSON somewhere in it.
 *   <li>In a document that is a JSON object or array (the whole input, or else one line of it), a hit that does not lie
 *       inside one string takes the smallest JSON value that covers it, and the mask gets quotes: a number as a whole, an
 *       object as a whole.
 * </ol>
 */
final class JsonFit {
    private static final int LONGEST_LINE = 64 * 1024;

    private JsonFit() {}

    /** Of a text that is whole. */
    static List<Span> fit(byte[] input, List<Hit> hits) {
        List<Hit> uncut = overEscapes(input, hits);
        List<Placed> placed = new ArrayList<>();
        JsonDocument document = new JsonDocument(input, 0, input.length, uncut);
        if (document.place()) {
            placed.addAll(document.placed());
        } else {
            placeByLine(input, uncut, (start, end) -> true, placed);
        }
        return joined(placed);
    }

    /**
     * Of a part of a stream, in which only a line can be a document: one that begins with a bracket and has at most 64 KiB. So it is
     * the same however the stream was cut.
     *
     * @param from where begins what did not go out yet; at 0 a line begins
     */
    static List<Span> fitLines(byte[] input, int from, List<Hit> hits) {
        List<Placed> placed = new ArrayList<>();
        placeByLine(input, overEscapes(input, hits), (start, end) -> mayBeDocument(input, start, end, from), placed);
        return joined(placed);
    }

    /** Where the last line begins when it may become a document and has to be whole for that; else the length. */
    static int openLine(byte[] input, int from) {
        int start = lineStart(input, input.length);
        if (!mayBeDocument(input, start, input.length, from)) {
            return input.length;
        }
        JsonDocument document = new JsonDocument(input, start, input.length, List.of());
        return document.place() || document.isCut() ? start : input.length;
    }

    private static boolean mayBeDocument(byte[] input, int start, int end, int from) {
        return start < end
                && end - start <= LONGEST_LINE
                && (start > 0 || from == 0)
                && (input[start] == '{' || input[start] == '[');
    }

    private static void placeByLine(byte[] input, List<Hit> hits, Lines documents, List<Placed> placed) {
        int i = 0;
        while (i < hits.size()) {
            int start = lineStart(input, hits.get(i).start());
            int end = lineEnd(input, hits.get(i).end());
            int next = lastIn(hits, i, end);
            placeLine(input, start, end, hits.subList(i, next), documents.mayBe(start, end), placed);
            i = next;
        }
    }

    private static void placeLine(
            byte[] input, int start, int end, List<Hit> hits, boolean mayFit, List<Placed> placed) {
        JsonDocument line = new JsonDocument(input, start, end, hits);
        if (mayFit && line.place()) {
            placed.addAll(line.placed());
        } else {
            hits.forEach(hit -> placed.add(new Placed(hit, false)));
        }
    }

    private static int lineStart(byte[] input, int at) {
        int start = at;
        while (start > 0 && input[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int lineEnd(byte[] input, int at) {
        int end = at;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Behind the last of the hits from {@code first} on that ends up to {@code end}; one at least. */
    private static int lastIn(List<Hit> hits, int first, int end) {
        int next = first + 1;
        while (next < hits.size() && hits.get(next).end() <= end) {
            next++;
        }
        return next;
    }

    /** A placed hit may have grown over its neighbours; the outer one then holds them, quotes included. */
    private static List<Span> joined(List<Placed> placed) {
        List<Span> spans = new ArrayList<>();
        int i = 0;
        while (i < placed.size()) {
            Hit hit = placed.get(i).hit();
            boolean quoted = placed.get(i).quoted();
            int next = i + 1;
            while (next < placed.size() && placed.get(next).hit().touches(hit)) {
                hit = hit.join(placed.get(next).hit());
                quoted |= placed.get(next).quoted();
                next++;
            }
            spans.add(new Span(hit.start(), hit.end(), hit.id(), quoted));
            i = next;
        }
        return spans;
    }

    private static List<Hit> overEscapes(byte[] input, List<Hit> hits) {
        HitList whole = new HitList();
        for (Hit hit : hits) {
            whole.add(overEscapes(input, hit));
        }
        return whole.merged();
    }

    private static Hit overEscapes(byte[] input, Hit hit) {
        return new Hit(
                escapeStart(input, hit.start()), escapeEnd(input, hit.end()), hit.id(), hit.longest(), hit.exact());
    }

    private static int escapeStart(byte[] input, int edge) {
        int backslash = escapeAround(input, edge);
        return backslash < 0 ? edge : backslash;
    }

    private static int escapeEnd(byte[] input, int edge) {
        int backslash = escapeAround(input, edge);
        if (backslash < 0) {
            return edge;
        }
        return isUnicode(input, backslash) ? backslash + 6 : backslash + 2;
    }

    /** Where the escape begins that {@code edge} cuts; -1 when it cuts none. */
    private static int escapeAround(byte[] input, int edge) {
        if (isEscaping(input, edge - 1) && isEscapable(input, edge)) {
            return edge - 1;
        }
        for (int back = 2; back <= 5; back++) {
            int backslash = edge - back;
            if (isEscaping(input, backslash) && isUnicode(input, backslash)) {
                return backslash;
            }
        }
        return -1;
    }

    /** Whether the byte there is a backslash that is not itself escaped. */
    private static boolean isEscaping(byte[] input, int index) {
        int i = index;
        while (i >= 0 && input[i] == '\\') {
            i--;
        }
        return (index - i) % 2 == 1;
    }

    /** Whether an escape may go on with the byte there; a backslash before a line break or an umlaut is only a backslash. */
    private static boolean isEscapable(byte[] input, int index) {
        return index < input.length && "\"\\/bfnrtu".indexOf(input[index]) >= 0;
    }

    private static boolean isUnicode(byte[] input, int backslash) {
        if (backslash + 6 > input.length || input[backslash + 1] != 'u') {
            return false;
        }
        for (int i = backslash + 2; i < backslash + 6; i++) {
            if (Character.digit(input[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Which lines may be a document. */
    @FunctionalInterface
    private interface Lines {
        boolean mayBe(int start, int end);
    }

    /** A hit that fits, and whether its mask brings quotes. */
    record Placed(Hit hit, boolean quoted) {}
}
