package dev.tacet.redactor.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers matches in the order in which they are found, which is not the order of their starts. Masking them one by one
 * would leave the rest of the longer one of two that overlap; so they are joined first.
 */
public final class HitList {
    /** So many are told apart; of more, what was cut short may be masked a little too far. */
    private static final int MOST_APART = 1024;

    private final List<Hit> hits = new ArrayList<>();
    // Of forms whose beginnings are not compared to their last byte.
    private final Set<Place> wholes = new HashSet<>();
    private final Map<Place, Hit> cuts = new LinkedHashMap<>();

    /** Where a form begins in the input. */
    private record Place(Form form, int start) {}

    /** Made by {@link #add(HitList, int, int, int)} when there is something to gather. */
    HitList() {}

    /**
     * Adds a token that a {@link Detector} found.
     *
     * @param hits what was found so far; null when nothing
     * @param start index of its first byte to be masked
     * @param end index behind its last
     * @param id the number of its rule
     */
    public static HitList add(@Nullable HitList hits, int start, int end, int id) {
        HitList all = hits == null ? new HitList() : hits;
        all.add(new Hit(start, end, id, end - start, false));
        return all;
    }

    /** Adds a form of a known value. */
    void addWhole(Form form, int start, int end) {
        if (!form.isCutExact() && wholes.size() < MOST_APART) {
            wholes.add(new Place(form, start));
        }
        add(new Hit(start, end, form.id, end - start, true));
    }

    /** Adds a form that was cut short; it does not count where the whole form begins, which another view may show longer than it is. */
    void addCut(Form form, int start, int end) {
        Hit hit = new Hit(start, end, form.id, end - start, true);
        if (form.isCutExact() || cuts.size() >= MOST_APART) {
            add(hit);
        } else {
            cuts.merge(new Place(form, start), hit, Hit::join);
        }
    }

    /** Adds all of {@code others}. */
    void addAll(HitList others) {
        others.hits.forEach(this::add);
        wholes.addAll(others.wholes);
        others.cuts.forEach((place, hit) -> cuts.merge(place, hit, Hit::join));
    }

    void add(Hit hit) {
        int last = hits.size() - 1;
        // A value that overlaps itself matches at every byte of a long run: join at once, or the list would grow with
        // it.
        if (last >= 0 && hits.get(last).touches(hit)) {
            hits.set(last, hits.get(last).join(hit));
        } else {
            hits.add(hit);
        }
    }

    List<Hit> merged() {
        cuts.forEach((place, hit) -> {
            if (!wholes.contains(place)) {
                hits.add(hit);
            }
        });
        hits.sort(Comparator.comparingInt(Hit::start));
        List<Hit> merged = new ArrayList<>();
        for (Hit hit : hits) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).touches(hit)) {
                merged.set(last, merged.get(last).join(hit));
            } else {
                merged.add(hit);
            }
        }
        return merged;
    }
}
