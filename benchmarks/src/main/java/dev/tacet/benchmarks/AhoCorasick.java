package dev.tacet.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.ahocorasick.trie.Emit;
import org.ahocorasick.trie.Trie;

/** The usual library for many values at once. Overlapping matches become one mask. */
final class AhoCorasick extends TextContender {
    private final Trie trie;

    AhoCorasick(Collection<String> values) {
        this.trie = build(values);
    }

    static Trie build(Collection<String> values) {
        return Trie.builder().addKeywords(values).build();
    }

    @Override
    public String mask(String text) {
        Collection<Emit> emits = trie.parseText(text);
        return emits.isEmpty() ? text : masked(text, List.copyOf(emits));
    }

    private static String masked(String text, List<Emit> emits) {
        boolean[] covered = new boolean[text.length()];
        for (Emit emit : emits) {
            Arrays.fill(covered, emit.getStart(), emit.getEnd() + 1, true);
        }
        return Covered.masked(text, covered);
    }
}
