package dev.tacet.redactor.rules;

import com.google.re2j.Matcher;
import dev.tacet.redactor.match.Detector;
import dev.tacet.redactor.match.HitList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what the rules of a file describe, line by line. Immutable.
 *
 * <p>A line without any rule's keyword costs one look. One with a keyword is given to the regexes of its rules, which run in linear time;
 * a budget bounds how many bytes all of them together read of an input, and a line that is over it is masked as a whole.
 */
final class FileRuleDetector implements Detector {
    /** A longer line is looked at in pieces, which overlap. */
    private static final int PIECE = 64 * 1024;

    private static final int OVERLAP = 4 * 1024;

    /** How far before a keyword a match may begin, in a line that is not whole. */
    private static final int BEFORE = 256;

    /** Bytes times rules that are read for each byte of an input, and in any case. */
    private static final int BUDGET_A_BYTE = 64;

    private static final int BUDGET = 8 << 20;

    private final List<FileRule> rules;
    private final int firstId;
    private final LineKeywords keywords;
    // Made when a line first holds a keyword of its rule: of most rules none ever does. Two threads may make two that
    // are the same.
    private final AtomicReferenceArray<@Nullable Optional<Sieve>> sieves;

    FileRuleDetector(List<FileRule> rules, int firstId) {
        this.rules = rules;
        this.firstId = firstId;
        this.sieves = new AtomicReferenceArray<>(rules.size());
        this.keywords = new LineKeywords(rules);
    }

    @Override
    public @Nullable HitList detect(byte[] input, @Nullable HitList hits) {
        HitList all = hits;
        long budget = BUDGET + (long) BUDGET_A_BYTE * input.length;
        int start = 0;
        while (start < input.length) {
            int end = lineEnd(input, start);
            BitSet wanted = keywords.rulesOf(input, start, end);
            if (wanted != null) {
                // What is no UTF-8 RE2/J reads in a way of its own.
                boolean sifted = Utf8.isValid(input, start, end);
                byte[] line = null;
                for (int rule = nextOf(wanted, 0, sifted, input, start, end); rule >= 0; ) {
                    budget -= end - start;
                    if (budget < 0) {
                        return HitList.add(all, start, input.length, firstId + rule);
                    }
                    line = line == null ? Arrays.copyOfRange(input, start, end) : line;
                    all = run(rules.get(rule), firstId + rule, line, start, all);
                    rule = nextOf(wanted, rule + 1, sifted, input, start, end);
                }
            }
            boolean piece = end < input.length && input[end] != '\n';
            start = piece ? end - OVERLAP : end + 1;
        }
        return all;
    }

    private static @Nullable HitList run(FileRule rule, int id, byte[] line, int offset, @Nullable HitList hits) {
        HitList all = hits;
        Matcher matcher = rule.regex().matcher(line);
        for (int from = 0; from <= line.length && matcher.find(from); ) {
            int group = rule.secretGroup(matcher);
            int start = matcher.start(group);
            int end = matcher.end(group);
            if (end > start && rule.accepts(line, start, end, matcher.start(), matcher.end())) {
                all = HitList.add(all, offset + start, offset + end, id);
            }
            from = Math.max(matcher.start() + 1, Math.max(end, matcher.start() + 1));
        }
        return all;
    }

    /** Of the rules from one on, the next whose regex may be in a line; -1 when there is none. */
    private int nextOf(BitSet wanted, int from, boolean sifted, byte[] input, int start, int end) {
        int rule = wanted.nextSetBit(from);
        while (rule >= 0 && sifted && !mayMatch(rule, input, start, end)) {
            rule = wanted.nextSetBit(rule + 1);
        }
        return rule;
    }

    private boolean mayMatch(int rule, byte[] input, int start, int end) {
        Optional<Sieve> sieve = sieves.get(rule);
        if (sieve == null) {
            sieve = Sieve.of(rules.get(rule).regex().pattern());
            sieves.set(rule, sieve);
        }
        return sieve.isEmpty() || sieve.get().mayMatch(input, start, end);
    }

    private static int lineEnd(byte[] in, int start) {
        int limit = Math.min(in.length, start + PIECE);
        int end = start;
        while (end < limit && in[end] != '\n') {
            end++;
        }
        return end;
    }

    /**
     * An unfinished line goes out up to {@value #BEFORE} bytes before its first keyword, or to where one may begin at its end; a longer one than
     * {@value #PIECE} bytes goes out.
     */
    @Override
    public int live(byte[] input) {
        int start = input.length;
        while (start > 0 && input[start - 1] != '\n') {
            start--;
        }
        if (input.length - start >= PIECE || start == input.length) {
            return input.length;
        }
        if (keywords.areMissing()) {
            return start;
        }
        for (int i = start; i < input.length; i++) {
            int begun = keywords.begunAt(input, i);
            if (begun != LineKeywords.NONE) {
                return begun == LineKeywords.WHOLE ? Math.max(start, i - BEFORE) : i;
            }
        }
        return input.length;
    }
}
