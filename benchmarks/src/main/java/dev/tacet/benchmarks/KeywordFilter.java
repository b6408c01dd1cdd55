package dev.tacet.benchmarks;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;

/**
 * Which of some ASCII keywords a text contains, in whatever case: an Aho-Corasick automaton as one dense table. It is written
 * here so that the regexes behind it are not slowed by their filter.
 */
final class KeywordFilter {
    private static final int LETTERS = 128;

    private final int[] next;
    private final BitSet[] found;

    KeywordFilter(List<String> keywords) {
        int most = 1 + keywords.stream().mapToInt(String::length).sum();
        int[] table = new int[most * LETTERS];
        BitSet[] ends = new BitSet[most];
        int states = 1;
        for (int i = 0; i < keywords.size(); i++) {
            int state = 0;
            for (char c : keywords.get(i).toLowerCase(Locale.ROOT).toCharArray()) {
                if (table[state * LETTERS + c] == 0) {
                    table[state * LETTERS + c] = states++;
                }
                state = table[state * LETTERS + c];
            }
            if (ends[state] == null) {
                ends[state] = new BitSet();
            }
            ends[state].set(i);
        }
        fillIn(table, ends, states);
        this.next = Arrays.copyOf(table, states * LETTERS);
        this.found = Arrays.copyOf(ends, states);
    }

    /** Adds to each state what its longest proper suffix knows, shortest states first, then folds the case. */
    private static void fillIn(int[] table, BitSet[] ends, int states) {
        int[] suffix = new int[states];
        Queue<Integer> queue = new ArrayDeque<>();
        queue.add(0);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            if (ends[suffix[state]] != null && state != 0) {
                if (ends[state] == null) {
                    ends[state] = new BitSet();
                }
                ends[state].or(ends[suffix[state]]);
            }
            for (int c = 0; c < LETTERS; c++) {
                int child = table[state * LETTERS + c];
                int other = state == 0 ? 0 : table[suffix[state] * LETTERS + c];
                if (child != 0) {
                    suffix[child] = other;
                    queue.add(child);
                } else {
                    table[state * LETTERS + c] = other;
                }
            }
        }
        for (int state = 0; state < states; state++) {
            System.arraycopy(table, state * LETTERS + 'a', table, state * LETTERS + 'A', 26);
        }
    }

    /** The indexes of the keywords in {@code text}; {@code into} is cleared before. */
    void find(String text, BitSet into) {
        into.clear();
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            state = c < LETTERS ? next[state * LETTERS + c] : 0;
            if (found[state] != null) {
                into.or(found[state]);
            }
        }
    }
}
