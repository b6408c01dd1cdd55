package dev.tacet.benchmarks;

import java.util.Map;
import java.util.Optional;

/**
 * What a point is to reach.
 *
 * @param text as it stands in the table
 * @param check whether it does; empty when a point that it refers to was not measured
 */
record Target(String text, Check check) {

    /** Looks at what was measured at the point itself, and by name at all points. */
    @FunctionalInterface
    interface Check {
        Optional<Boolean> met(Measured own, Map<String, Measured> all);
    }

    static Target ratioAtMost(double limit) {
        return new Target("≤ " + Figures.number(limit), (own, all) -> Optional.of(own.ratio() <= limit));
    }

    /** For ratios that are shown the other way round. */
    static Target inverseAtLeast(double limit) {
        return new Target("≥ " + Figures.number(limit), (own, all) -> Optional.of(1 / own.ratio() >= limit));
    }

    /** By the byte, {@code times} what the other point takes; each of them as a ratio to its base. */
    static Target timesOf(String other, String name, double times) {
        return new Target(
                "≤ " + Figures.number(times) + "× " + name,
                (own, all) -> Optional.ofNullable(all.get(other)).map(clean -> own.ratio() <= times * clean.ratio()));
    }

    static Target millisecondsAtMost(double limit) {
        return new Target("≤ " + Figures.number(limit) + " ms", (own, all) -> Optional.of(own.time() <= limit * 1e6));
    }

    /** In the worst round. */
    static Target megabytesAtMost(double limit) {
        return new Target("≤ " + Figures.number(limit) + " MB", (own, all) -> Optional.of(own.most() <= limit * 1e6));
    }

    /** The same, with a word on where it comes from. */
    Target saying(String origin) {
        return new Target(text + " (" + origin + ")", check);
    }

    Target andNoAllocation() {
        return new Target(
                text + ", 0 B", (own, all) -> check.met(own, all).map(met -> met && Math.round(own.allocated()) == 0));
    }
}
