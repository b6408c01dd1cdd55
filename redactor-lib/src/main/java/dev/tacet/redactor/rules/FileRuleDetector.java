package dev.tacet.redactor.rules;

import com.google.re2j.Matcher;
import dev.tacet.redactor.match.Detector;
import dev.tacet.redactor.match.HitList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
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
    private final BitSet always = new BitSet();
    private final List<byte[]> keywords = new ArrayList<>();
    private final List<BitSet> owners = new ArrayList<>();
    // By two bytes in lower case, which keywords begin so; a keyword of one byte is in it with each second byte.
    private final int[][] byTwo = new int[1 << 16][];
    private final boolean[] any = new boolean[1 << 16];

    FileRuleDetector(List<FileRule> rules, int firstId) {
        this.rules = rules;
        this.firstId = firstId;
        for (int i = 0; i < rules.size(); i++) {
            if (!rules.get(i).isOfText()) {
                continue;
            }
            if (rules.get(i).keywords().isEmpty()) {
                always.set(i);
            }
            for (String keyword : rules.get(i).keywords()) {
                add(keyword.getBytes(StandardCharsets.UTF_8), i);
            }
        }
    }

    private void add(byte[] keyword, int rule) {
        if (keyword.length == 0) {
            always.set(rule);
            return;
        }
        for (int i = 0; i < keywords.size(); i++) {
            if (Arrays.equals(keywords.get(i), keyword)) {
                owners.get(i).set(rule);
                return;
            }
        }
        int index = keywords.size();
        keywords.add(keyword);
        BitSet owner = new BitSet();
        owner.set(rule);
        owners.add(owner);
        for (int second = 0; second < 256; second++) {
            if (keyword.length == 1 || (keyword[1] & 0xff) == second) {
                int two = (keyword[0] & 0xff) << 8 | second;
                int[] known = byTwo[two];
                int[] more = known == null ? new int[1] : Arrays.copyOf(known, known.length + 1);
                more[more.length - 1] = index;
                byTwo[two] = more;
                any[two] = true;
            }
        }
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
                byte[] line = Arrays.copyOfRange(input, start, end);
                for (int rule = wanted.nextSetBit(0); rule >= 0; rule = wanted.nextSetBit(rule + 1)) {
                    budget -= line.length;
                    if (budget < 0) {
                        return HitList.add(all, start, input.length, firstId + rule);
                    }
                    all = run(rules.get(rule), firstId + rule, line, start, all);
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

    /** The rules to run on a line; null when there is none. */
    private @Nullable BitSet rulesOf(byte[] in, int start, int end) {
        BitSet wanted = always.isEmpty() ? null : (BitSet) always.clone();
        for (int i = start; i < end; i++) {
            int two = lower(in[i]) << 8 | (i + 1 < end ? lower(in[i + 1]) : 0);
            if (any[two]) {
                for (int keyword : byTwo[two]) {
                    if (isAt(keywords.get(keyword), in, i, end)) {
                        wanted = wanted == null ? new BitSet() : wanted;
                        wanted.or(owners.get(keyword));
                    }
                }
            }
        }
        return wanted;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 0x20 : b & 0xff;
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
        if (i + 1 == input.length) {
            boolean begins = keywords.stream().anyMatch(keyword -> (keyword[0] & 0xff) == lower(input[i]));
            return begins ? i : -1;
        }
        int two = lower(input[i]) << 8 | lower(input[i + 1]);
        for (int keyword : any[two] ? byTwo[two] : new int[0]) {
            byte[] text = keywords.get(keyword);
            int size = Math.min(text.length, input.length - i);
            if (isAt(Arrays.copyOf(text, size), input, i, input.length)) {
                return size == text.length ? Math.max(start, i - BEFORE) : i;
            }
        }
        return -1;
    }
}
