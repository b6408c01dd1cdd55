package dev.tacet.redactor.rules;

import dev.tacet.redactor.match.Detector;
import dev.tacet.redactor.match.HitList;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a text once for keywords, and lets their rules look at each. Immutable.
 *
 * <p>At each second place three bytes are looked up in a table of bits; a clean text costs little else.
 */
final class KeywordDetector implements Detector {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FACTOR = 0x9e3779b1;
    private static final int GRAM = 0xffffff;
    private static final int SHIFT = 20;
    private static final int STEP = 16;

    private final int firstId;
    private final List<String> names;
    private final List<Keyword> keywords;
    private final int[] bits = new int[1 << (Integer.SIZE - SHIFT)];
    private final int[][] buckets = new int[1 << (Integer.SIZE - SHIFT)][];

    KeywordDetector(List<Keyword> keywords, List<String> names, int firstId) {
        this.keywords = keywords;
        this.names = names;
        this.firstId = firstId;
        List<@Nullable List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < buckets.length; i++) {
            lists.add(null);
        }
        for (int k = 0; k < keywords.size(); k++) {
            int keyword = k;
            keywords.get(k).grams((gram, offset) -> {
                int hash = gram * FACTOR;
                bits[hash >>> SHIFT] |= 1 << hash;
                List<Integer> list = lists.get(hash >>> SHIFT);
                if (list == null) {
                    list = new ArrayList<>();
                    lists.set(hash >>> SHIFT, list);
                }
                int reference = keyword << 8 | (offset + 1);
                if (!list.contains(reference)) {
                    list.add(reference);
                }
            });
        }
        for (int i = 0; i < buckets.length; i++) {
            List<Integer> list = lists.get(i);
            buckets[i] = list == null
                    ? new int[0]
                    : list.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    @Override
    public @Nullable HitList detect(byte[] input, @Nullable HitList hits) {
        return walk(input, hits, null);
    }

    @Override
    public int live(byte[] input) {
        int[] live = {input.length};
        walk(input, null, live);
        for (Keyword keyword : keywords) {
            int open = keyword.openAt(input);
            live[0] = open < 0 ? live[0] : Math.min(live[0], open);
        }
        return live[0];
    }

    /** Lets the rules look at each keyword; what they find goes to {@code hits}, where the earliest is open to {@code live} if that is wanted. */
    private @Nullable HitList walk(byte[] input, @Nullable HitList hits, int @Nullable [] live) {
        HitList all = hits;
        int covered = 0;
        for (int place = next(input, 0); place >= 0; place = next(input, place + 2)) {
            for (int reference : buckets[hash(input, place) >>> SHIFT]) {
                int start = place - (reference & 0xff) + 1;
                Keyword keyword = keywords.get(reference >>> 8);
                // What is inside a token that was found is masked with it; to look again would cost its length squared.
                if (start < covered || !keyword.isAt(input, start)) {
                    continue;
                }
                long match = keyword.rule().match(input, start, keyword.end(start));
                if (live != null && Match.isOpen(match)) {
                    live[0] = Math.min(live[0], Match.start(match));
                }
                if (Match.isFound(match)) {
                    covered = Match.end(match);
                    all = HitList.add(
                            all,
                            Match.start(match),
                            covered,
                            firstId + names.indexOf(keyword.rule().name()));
                }
            }
        }
        return all;
    }

    /** The next even place from {@code from} on where a keyword's bytes may stand; -1 when there is none. */
    private int next(byte[] in, int from) {
        int i = from;
        for (int last = in.length - STEP - 2; i <= last; i += STEP) {
            int seen = look(in, i) | look(in, i + 4) | look(in, i + 8) | look(in, i + 12);
            if ((seen & 1) != 0) {
                break;
            }
        }
        for (; i + 2 < in.length; i += 2) {
            int hash = hash(in, i);
            if (((bits[hash >>> SHIFT] >>> hash) & 1) != 0) {
                return i;
            }
        }
        return -1;
    }

    /** Looks at two places, of which the second needs a byte more. */
    private int look(byte[] in, int at) {
        int first = ((int) INTS.get(in, at) & GRAM) * FACTOR;
        int second = ((int) INTS.get(in, at + 2) & GRAM) * FACTOR;
        return (bits[first >>> SHIFT] >>> first) | (bits[second >>> SHIFT] >>> second);
    }

    private static int hash(byte[] in, int at) {
        return ((in[at] & 0xff) | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16) * FACTOR;
    }
}
