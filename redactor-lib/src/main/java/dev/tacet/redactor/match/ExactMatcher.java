package dev.tacet.redactor.match;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds known values by one look over the text, and in whatever escapes and encodings are in it by more; tokens by detectors.
 *
 * <p>A text without escapes, values or clues costs a few steps for eight bytes, whatever the number of values, and no allocation. Each
 * level of escapes costs another look.
 */
final class ExactMatcher implements Matcher {
    private final Scanner scanner;
    private final List<Detector> detectors;
    // Made for the first stream: logs have no use for it. Two threads may make two that are the same.
    private volatile @Nullable Beginnings beginnings;

    ExactMatcher(Scanner scanner, List<Detector> detectors) {
        this.scanner = scanner;
        this.detectors = detectors;
    }

    @Override
    public List<Span> find(byte[] input) {
        HitList hits = hits(input, true);
        return hits == null ? List.of() : JsonFit.fit(input, hits.merged());
    }

    private @Nullable HitList hits(byte[] input, boolean whole) {
        Search open = whole ? null : scanner.workplaces().take(input, input.length, false);
        Search search = scanner.scan(input, input.length, open);
        HitList hits = null;
        if (search != null) {
            hits = search.hits();
            scanner.workplaces().giveBack(search);
        }
        for (int i = 0; i < detectors.size(); i++) {
            hits = detectors.get(i).detect(input, hits);
        }
        return hits;
    }

    /*
     * What is found in all of the input is right up to where something at its end may go on: nothing before that place depends on
     * what follows. What touches that place waits as well, since it may become one with what follows.
     */
    @Override
    public Ready ready(byte[] input, int from, boolean last) {
        HitList hits = hits(input, false);
        Tail tail = new Tail(beginnings());
        int end = Math.min(tail.live(input), JsonFit.openLine(input, from));
        for (Detector detector : detectors) {
            end = Math.min(end, detector.live(input));
        }
        if (last) {
            end = input.length;
            hits = hits == null ? new HitList() : hits;
            hits.addAll(tail.cut());
        }
        if (hits == null) {
            return new Ready(List.of(), Math.max(from, end));
        }
        List<Span> spans = JsonFit.fitLines(input, from, hits.merged());
        List<Span> ready = new ArrayList<>(spans);
        for (int i = ready.size() - 1; !last && i >= 0 && ready.get(i).end() >= end; i--) {
            end = Math.min(end, ready.remove(i).start());
        }
        ready.removeIf(span -> span.end() <= from);
        return new Ready(clipped(ready, from), Math.max(from, end));
    }

    private Beginnings beginnings() {
        Beginnings known = beginnings;
        if (known == null) {
            known = scanner.beginnings();
            beginnings = known;
        }
        return known;
    }

    /** Nothing reaches over what went out before; if it did, the rest of it would be masked all the same. */
    private static List<Span> clipped(List<Span> spans, int from) {
        if (!spans.isEmpty() && spans.get(0).start() < from) {
            Span first = spans.get(0);
            spans.set(0, new Span(from, first.end(), first.id(), false));
        }
        return spans;
    }
}
