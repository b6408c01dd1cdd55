package dev.tacet.redactor.rules;

import dev.tacet.redactor.match.GramFilter;
import dev.tacet.redactor.match.GramTable;
import dev.tacet.redactor.match.Grams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which rules of a file have a keyword in a line, by one look over it. Immutable. */
final class LineKeywords {
    static final int NONE = 0;
    static final int BEGUN = 1;
    static final int WHOLE = 2;

    private static final int FACTOR = 0x9e3779b1;
    private static final int FOLD = 0x20;

    /** Letters and what else is frequent in logs, the most frequent first. */
    private static final String COMMON = "etaoinsrhldcumfpgwybvkxjqz.-:/0123456789_";

    /** How many bytes a keyword is found by, in lower case. */
    private static final int GRAM = 3;

    private final BitSet always = new BitSet();
    private final List<byte[]> keywords = new ArrayList<>();
    private final List<BitSet> owners = new ArrayList<>();
    private final Grams grams;

    LineKeywords(List<FileRule> rules) {
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

    /** Whether a rule has none, and so has to look at every line. */
    boolean areMissing() {
        return !always.isEmpty();
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

    /** The rules to run on a line; null when there is none. */
    @Nullable
    BitSet rulesOf(byte[] in, int start, int end) {
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

    /** Whether a keyword stands at {@code i} or may begin there, where the text ends within it: {@link #WHOLE}, {@link #BEGUN} or {@link #NONE}. */
    int begunAt(byte[] input, int i) {
        for (byte[] keyword : keywords) {
            int size = Math.min(keyword.length, input.length - i);
            if (Texts.beginsAtIgnoringCase(keyword, size, input, i)) {
                return size == keyword.length ? WHOLE : BEGUN;
            }
        }
        return NONE;
    }
}
