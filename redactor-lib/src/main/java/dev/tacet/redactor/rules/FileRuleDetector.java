package dev.tacet.redactor.rules;

import com.google.re2j.Matcher;
import dev.tacet.redactor.match.Detector;
import dev.tacet.redactor.match.GramFilter;
import dev.tacet.redactor.match.GramTable;
import dev.tacet.redactor.match.Grams;
import dev.tacet.redactor.match.HitList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final int FACTOR = 0x9e3779b1;
    private static final int FOLD = 0x20;

    /** Letters and what else is frequent in logs, the most frequent first. */
    private static final String COMMON = "etaoinsrhldcumfpgwybvkxjqz.-:/0123456789_";

    /** How many bytes a keyword is found by, in lower case. */
    private static final int GRAM = 3;

    private final List<FileRule> rules;
    private final int firstId;
    // Made when a line first holds a keyword of its rule: of most rules none ever does. Two threads may make two that
    // are the same.
    private final AtomicReferenceArray<@Nullable Optional<Sieve>> sieves;
    private final BitSet always = new BitSet();
    private final List<byte[]> keywords = new ArrayList<>();
    private final List<BitSet> owners = new ArrayList<>();
    private final Grams grams;

    FileRuleDetector(List<FileRule> rules, int firstId) {
        this.rules = rules;
        this.firstId = firstId;
        this.sieves = new AtomicReferenceArray<>(rules.size());
        Map<String, BitSet> byKeyword = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).isOfText()) {
                List<String> some = rules.get(i).keywords();
                always.set(i, some.isEmpty() || some.contains(""));
                for (String keyword : some) {
                    byKeyword.computeIfAbsent(keyword, none -> new BitSet()).set(i);
                }
            }
        }
        byKeyword.remove("");
        Grams.Builder builder = new Grams.Builder();
        byKeyword.forEach((keyword, owner) -> {
            byte[] text = keyword.getBytes(StandardCharsets.UTF_8);
            enter(text, rarest(text), 0, 0, keywords.size(), builder);
            keywords.add(text);
            owners.add(owner);
        });
        this.grams = builder.build();
    }

    /** Where in a keyword the bytes begin that are seldom in other words. */
    private static int rarest(byte[] keyword) {
        int best = 0;
        int rank = -1;
        for (int place = 0; place + GRAM <= keyword.length; place++) {
            int sum = 0;
            for (int i = place; i < place + GRAM; i++) {
                int common = COMMON.indexOf(keyword[i]);
                sum += common < 0 ? COMMON.length() : common;
            }
            if (sum > rank) {
                rank = sum;
                best = place;
            }
        }
        return best;
    }

    /** Enters a keyword by its bytes from {@code place} on; one that has fewer, with whatever may follow. */
    private static void enter(byte[] keyword, int place, int size, int gram, int number, Grams.Builder builder) {
        if (size == GRAM) {
            builder.add(gram * FACTOR, number, place);
        } else if (place + size < keyword.length) {
            enter(keyword, place, size + 1, next(gram, keyword[place + size]), number, builder);
        } else {
            for (int b = 0; b < 256; b++) {
                if ((b & FOLD) != 0) {
                    enter(keyword, place, size + 1, next(gram, (byte) b), number, builder);
                }
            }
        }
    }

    /** The last three bytes, each with the bit that tells capitals from small letters; other bytes are mixed up by that, which does no harm. */
    private static int next(int gram, byte b) {
        return (gram << 8 | ((b | FOLD) & 0xff)) & 0xffffff;
    }

    @Override
    public @Nullable HitList detect(byte[] input, @Nullable HitList hits) {
        HitList all = hits;
        long budget = BUDGET + (long) BUDGET_A_BYTE * input.length;
        int start = 0;
        while (start < input.length) {
            int end = lineEnd(input, start);
            BitSet wanted = rulesOf(input, start, end);
            if (wanted != null) {
                for (int rule = nextOf(wanted, 0, input, start, end); rule >= 0; ) {
                    budget -= end - start;
                    if (budget < 0) {
                        return HitList.add(all, start, input.length, firstId + rule);
                    }
                    all = run(rules.get(rule), firstId + rule, Arrays.copyOfRange(input, start, end), start, all);
                    rule = nextOf(wanted, rule + 1, input, start, end);
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
    private int nextOf(BitSet wanted, int from, byte[] input, int start, int end) {
        int rule = wanted.nextSetBit(from);
        while (rule >= 0 && !mayMatch(rule, input, start, end)) {
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

    /** The rules to run on a line; null when there is none. */
    private @Nullable BitSet rulesOf(byte[] in, int start, int end) {
        BitSet wanted = always.isEmpty() ? null : (BitSet) always.clone();
        int[] bits = grams.filter().bits;
        int shift = grams.filter().shift;
        int gram = 0;
        for (int i = start; i < end; i++) {
            gram = next(gram, in[i]);
            int hash = gram * FACTOR;
            if ((bits[hash >>> shift] >>> (hash >>> GramFilter.BIT) & 1) != 0) {
                wanted = owners(hash, in, i - GRAM + 1, start, end, wanted);
            }
        }
        // A keyword shorter than a gram may be at the end.
        for (int i = end; i < end + GRAM - 1; i++) {
            gram = next(gram, (byte) 0);
            wanted = owners(gram * FACTOR, in, i - GRAM + 1, start, end, wanted);
        }
        return wanted;
    }

    private @Nullable BitSet owners(int hash, byte[] in, int at, int start, int end, @Nullable BitSet given) {
        BitSet wanted = given;
        int last = grams.table().last(hash);
        for (int i = grams.table().first(hash); i < last; i++) {
            int reference = grams.table().reference(i);
            int keyword = reference >>> GramTable.OFFSET_BITS;
            int from = at - (reference & ((1 << GramTable.OFFSET_BITS) - 1));
            if (from >= start && isAt(keywords.get(keyword), in, from, end)) {
                wanted = wanted == null ? new BitSet() : wanted;
                wanted.or(owners.get(keyword));
            }
        }
        return wanted;
    }

    private static boolean isAt(byte[] keyword, byte[] in, int at, int end) {
        return at + keyword.length <= end && Texts.isAtIgnoringCase(keyword, in, at);
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
        if (!always.isEmpty()) {
            return start;
        }
        for (int i = start; i < input.length; i++) {
            int live = liveAt(input, i, start);
            if (live >= 0) {
                return live;
            }
        }
        return input.length;
    }

    /** Where the line has to be kept back from when a keyword stands at {@code i} or may begin there; -1 when none does. */
    private int liveAt(byte[] input, int i, int start) {
        for (byte[] keyword : keywords) {
            int size = Math.min(keyword.length, input.length - i);
            if (beginsAt(keyword, size, input, i)) {
                return size == keyword.length ? Math.max(start, i - BEFORE) : i;
            }
        }
        return -1;
    }

    private static boolean beginsAt(byte[] keyword, int size, byte[] in, int at) {
        for (int i = 0; i < size; i++) {
            byte b = in[at + i];
            if (b != keyword[i] && !(b >= 'A' && b <= 'Z' && b + 0x20 == keyword[i])) {
                return false;
            }
        }
        return true;
    }
}
