package dev.tacet.redactor.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers matches in the order in which they are found, which is not the order of their starts. Masking them one by one
 * would leave the rest of the longer one of two that overlap; so they are joined first.
 */
final class HitList {
    private final List<Hit> hits = new ArrayList<>();

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
