package dev.tacet.redactor.match;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every four bytes of the input: a bit table says whether any form is anchored there, a hash table says which,
 * and a fingerprint says whether the form is whole.
 *
 * <p>The cost is a few steps a byte, whatever the number of values. A near miss costs a bounded number of steps for each
 * form anchored at its word, so no input makes it worse than linear as long as anchors differ. Up to {@link Entry#HEAD}
 * equal bytes a near miss costs no allocation either.
 */
final class ExactMatcher implements Matcher {
    private static final int LEAST_FILTER_BITS = 16;
    private static final int MOST_FILTER_BITS = 24;
    private static final Entry[] NONE = {};

    private final Fingerprints fingerprints;
    private final int factor;
    private final long[] filter;
    private final int filterShift;
    private final Entry[][] buckets;
    private final int bucketShift;
    private final List<Detector> detectors;

    ExactMatcher(Fingerprints fingerprints, int factor, List<Entry> entries, List<Detector> detectors) {
        this.detectors = detectors;
        this.fingerprints = fingerprints;
        this.factor = factor;
        int size = Math.max(1, entries.size());
        int entryBits = Integer.SIZE - Integer.numberOfLeadingZeros(size);
        // Sixteen bits an entry: one place in sixteen passes by chance at most, one in hundreds with a hundred values.
        int filterBits = Math.min(MOST_FILTER_BITS, Math.max(LEAST_FILTER_BITS, entryBits + 4));
        this.filterShift = Integer.SIZE - filterBits;
        this.filter = new long[1 << (filterBits - 6)];
        int bucketBits = Math.min(MOST_FILTER_BITS, entryBits + 1);
        this.bucketShift = Integer.SIZE - bucketBits;
        this.buckets = buckets(entries, 1 << bucketBits, bucketShift);
        for (Entry entry : entries) {
            int bit = entry.word() >>> filterShift;
            filter[bit >>> 6] |= 1L << bit;
        }
    }

    private static Entry[][] buckets(List<Entry> entries, int count, int shift) {
        List<@Nullable List<Entry>> lists = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lists.add(null);
        }
        for (Entry entry : entries) {
            int bucket = entry.word() >>> shift;
            List<Entry> list = lists.get(bucket);
            if (list == null) {
                list = new ArrayList<>(1);
                lists.set(bucket, list);
            }
            list.add(entry);
        }
        Entry[][] buckets = new Entry[count][];
        for (int i = 0; i < count; i++) {
            List<Entry> list = lists.get(i);
            buckets[i] = list == null ? NONE : list.toArray(NONE);
        }
        return buckets;
    }

    @Override
    public List<Span> find(byte[] input) {
        Search search = null;
        int last = input.length - Words.SIZE;
        for (int i = 0; i <= last; i++) {
            int word = Words.at(input, i, factor);
            int bit = word >>> filterShift;
            if ((filter[bit >>> 6] & (1L << bit)) != 0) {
                search = verify(input, i, word, search);
            }
        }
        HitList hits = search == null ? null : search.hits;
        for (int i = 0; i < detectors.size(); i++) {
            hits = detectors.get(i).detect(input, hits);
        }
        return hits == null ? List.of() : JsonFit.fit(input, hits.merged());
    }

    @Override
    public int live(byte[] input) {
        int live = 0;
        for (int i = input.length; i > 0 && live == 0; i--) {
            live = input[i - 1] == '\n' ? i : 0;
        }
        for (Detector detector : detectors) {
            live = Math.min(live, detector.live(input));
        }
        return live;
    }

    /** What one call has found, once it has found anything. */
    private final class Search {
        final HitList hits = new HitList();
        final InputPrints prints;

        Search(byte[] input) {
            this.prints = new InputPrints(fingerprints, input);
        }
    }

    private @Nullable Search verify(byte[] input, int place, int word, @Nullable Search known) {
        Search search = known;
        for (Entry entry : buckets[word >>> bucketShift]) {
            if (entry.word() != word) {
                continue;
            }
            int start = place - entry.anchor();
            int end = start + entry.length();
            if (start < 0 || end > input.length || !looksLike(entry, input, start, end)) {
                continue;
            }
            if (search == null) {
                search = new Search(input);
            }
            if (entry.length() <= Entry.HEAD || search.prints.of(start, end, entry.shift()) == entry.print()) {
                search.hits.add(grown(entry, input, start, end));
            }
        }
        return search;
    }

    private boolean looksLike(Entry entry, byte[] input, int start, int end) {
        return Words.at(input, end - Words.SIZE, factor) == entry.tail()
                && fingerprints.of(input, start, Math.min(end, start + Entry.HEAD)) == entry.head();
    }

    /** A base64 core with the characters beside it that hold bits of the value, and the padding. */
    private static Hit grown(Entry entry, byte[] input, int from, int to) {
        int start = from;
        int end = to;
        if (entry.left() > 0 && start > 0 && Base64Forms.isDigit(input[start - 1])) {
            start--;
        }
        if (entry.right() > 0 && end < input.length && Base64Forms.isDigit(input[end])) {
            end++;
        }
        if (entry.padded()) {
            end = Base64Forms.paddingEnd(input, end);
        }
        return new Hit(start, end, entry.id(), to - from, true);
    }
}
