package dev.tacet.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What something that masks finds. A probe counts as found when no eight characters in a row of what was to be hidden are left.
 *
 * @param byForm share of the known values found, for each way of printing them and for tokens in their shapes
 * @param falseMasks how many of the clean log lines were changed
 */
record Recall(Map<String, Double> byForm, int falseMasks) {
    static final String TOKENS = "tokens";

    private static final int PIECE = 8;

    Recall {
        byForm = Collections.unmodifiableMap(new LinkedHashMap<>(byForm));
    }

    static Recall of(UnaryOperator<String> mask) {
        int changed = 0;
        for (String line : Corpus.texts()) {
            if (!mask.apply(line).strip().equals(line.strip())) {
                changed++;
            }
        }
        Map<String, Double> byForm = new LinkedHashMap<>();
        valueProbes().forEach((form, probes) -> byForm.put(form, share(mask, probes)));
        byForm.put(TOKENS, share(mask, Tokens.probes(5)));
        return new Recall(byForm, changed);
    }

    /** Over all ways of printing them, of which there are equally many probes. */
    double values() {
        return byForm.entrySet().stream()
                .filter(form -> !form.getKey().equals(TOKENS))
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElse(0);
    }

    double tokens() {
        return byForm.getOrDefault(TOKENS, 0.0);
    }

    /** Values of twelve characters and more: shorter ones have forms that are too short to be told from chance. */
    private static Map<String, List<Spelling>> valueProbes() {
        Map<String, List<Spelling>> probes = new LinkedHashMap<>();
        for (String value : Values.of(100)) {
            if (value.length() >= 12) {
                Spelling.all(value)
                        .forEach((form, probe) -> probes.computeIfAbsent(form, none -> new ArrayList<>())
                                .add(probe));
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
