package dev.tacet.redactor.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers matches in the order in which they are found, which is not the order of their starts. Masking them one by one
 * would leave the rest of the longer one of two that overlap; so they are joined first.
 */
public final class HitList {
    private final List<Hit> hits = new ArrayList<>();

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

    /** Adds a known value. */
    void addValue(int start, int end, int id) {
        add(new Hit(start, end, id, end - start, true));
    }

    /** Adds all of {@code others}. */
    void addAll(HitList others) {
        others.hits.forEach(this::add);
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
