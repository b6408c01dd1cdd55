package dev.tacet.redactor.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles values into a {@link Matcher}. Not for threads to share.
 *
 * <p>Each form is found by four of its bytes, its anchor. Values often begin alike ({@code hvs.}, {@code -----BEGIN}), so
 * the anchor is not the beginning but, of up to 64 places spread over the form, the one that fewest forms have taken so far:
 * then a place in the input seldom stands for more than one form, with ten thousand values too.
 */
public final class MatcherBuilder {
    private static final int PLACES = 64;

    private final Fingerprints fingerprints;
    private final int factor;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, Integer> load = new HashMap<>();
    private final List<Detector> detectors = new ArrayList<>();
    private final Set<Known> known = new HashSet<>();

    private record Known(int length, long print) {}

    /** Empty. The key has to be random and secret: it keeps values out of memory and collisions out of reach. */
    public MatcherBuilder(long key) {
        this.fingerprints = new Fingerprints(key);
        this.factor = (int) (key >>> 32) | 1;
    }

    /**
     * Adds a value in all its forms. When two values share a form, the one added first keeps it.
     *
     * @param id what {@link Span#id} shall say
     * @param always look for it though it is shorter than is wise
     * @return false when it is too short all the same and will not be looked for
     */
    public boolean add(int id, byte[] value, boolean always) {
        return Forms.of(
                value,
                always ? Floors.LOW : Floors.ORDINARY,
                (bytes, left, right, padded) -> add(id, bytes, left, right, padded));
    }

    /** Adds what finds tokens by their shape. Its hits bring their own ids. */
    public void add(Detector detector) {
        detectors.add(detector);
    }

    /** The compiled values. The builder may go on and build again. */
    public Matcher build() {
        return new ExactMatcher(fingerprints, factor, entries, List.copyOf(detectors));
    }

    private void add(int id, byte[] bytes, int left, int right, boolean padded) {
        long print = fingerprints.of(bytes, 0, bytes.length);
        if (!known.add(new Known(bytes.length, print))) {
            return;
        }
        int anchor = anchor(bytes);
        int word = Words.at(bytes, anchor, factor);
        load.merge(word, 1, Integer::sum);
        entries.add(new Entry(
                id,
                bytes.length,
                anchor,
                word,
                Words.at(bytes, bytes.length - Words.SIZE, factor),
                fingerprints.of(bytes, 0, Math.min(bytes.length, Entry.HEAD)),
                print,
                fingerprints.shift(bytes.length),
                left,
                right,
                padded));
    }

    private int anchor(byte[] bytes) {
        int last = bytes.length - Words.SIZE;
        int places = Math.min(last, PLACES - 1);
        int best = 0;
        int bestCost = Integer.MAX_VALUE;
        for (int i = 0; i <= places; i++) {
            int place = places == 0 ? 0 : (int) ((long) last * i / places);
            int cost = 4 * load.getOrDefault(Words.at(bytes, place, factor), 0) + dullness(bytes, place);
            if (cost < bestCost) {
                best = place;
                bestCost = cost;
            }
        }
        return best;
    }

    /** Four equal bytes, such as spaces, are all over a log; so is punctuation of one kind. */
    private static int dullness(byte[] bytes, int place) {
        int repeated = 0;
        for (int i = 1; i < Words.SIZE; i++) {
            if (bytes[place + i] == bytes[place + i - 1]) {
                repeated++;
            }
        }
        return repeated;
    }
}
