package dev.tacet.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What something that masks finds. A probe counts as found when no eight characters in a row of what was to be hidden are left.
 *
 * @param values share of the known values found, over all ways of printing them
 * @param tokens share of the tokens found, over all shapes
 * @param falseMasks how many of the clean log lines were changed
 */
record Recall(double values, double tokens, int falseMasks) {
    private static final int PIECE = 8;

    static Recall of(UnaryOperator<String> mask) {
        int changed = 0;
        for (String line : Corpus.texts()) {
            if (!mask.apply(line).strip().equals(line.strip())) {
                changed++;
            }
        }
        return new Recall(share(mask, valueProbes()), share(mask, Tokens.probes(5)), changed);
    }

    /** Values of twelve characters and more: shorter ones have forms that are too short to be told from chance. */
    private static List<Spelling> valueProbes() {
        List<Spelling> probes = new ArrayList<>();
        for (String value : Values.of(100)) {
            if (value.length() >= 12) {
                probes.addAll(Spelling.all(value).values());
            }
        }
        return probes;
    }

    static double share(UnaryOperator<String> mask, List<Spelling> probes) {
        long found = probes.stream()
                .filter(probe -> isGone(probe.core(), mask.apply(probe.text())))
                .count();
        return (double) found / probes.size();
    }

    private static boolean isGone(String core, String masked) {
        for (int i = 0; i + PIECE <= core.length(); i++) {
            if (masked.contains(core.substring(i, i + PIECE))) {
                return false;
            }
        }
        return true;
    }
}
