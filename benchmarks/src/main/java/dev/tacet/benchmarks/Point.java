package dev.tacet.benchmarks;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One row of the table, and how to measure it.
 *
 * @param name for {@code --only}
 * @param section the part of the table
 * @param what is measured
 * @param on which data
 * @param kind how long it takes
 * @param quick whether a short run measures it too
 * @param beside what the ratio is to
 * @param pair makes the lanes, in the JVM that measures them
 * @param masker whose recall belongs to it, a name of {@link Maskers}; empty when none does
 * @param target what it is to reach, if anything was promised
 */
record Point(
        String name,
        Section section,
        String what,
        String on,
        Effort.Kind kind,
        boolean quick,
        Beside beside,
        Supplier<Pair> pair,
        String masker,
        Optional<Target> target) {

    /** The same, to reach something. */
    Point with(Target promised) {
        return new Point(name, section, what, on, kind, quick, beside, pair, masker, Optional.of(promised));
    }

    /** The same, left out of a short run. */
    Point onlyInFull() {
        return new Point(name, section, what, on, kind, false, beside, pair, masker, target);
    }

    /** Parts of the table, in order. */
    enum Section {
        LINES(Integer.MAX_VALUE),
        OTHERS(Integer.MAX_VALUE),
        SIZES(Integer.MAX_VALUE),
        ADVERSARY(4),
        LINEAR(2),
        LOGBACK(Integer.MAX_VALUE),
        ROTATION(Integer.MAX_VALUE);

        private final int shown;

        Section(int shown) {
            this.shown = shown;
        }

        /** How many rows of it the table shows, those with the largest ratios. */
        int shown() {
            return shown;
        }
    }

    /** What a ratio is to, and how it is shown. */
    enum Beside {
        SCAN("× scan", false),
        RE2J("× as fast as RE2/J", true),
        SHORT("× a byte of 100 KB", false),
        PLAIN("of the events/s without", true),
        AHO_CORASICK("× Aho-Corasick's", false),
        QUIET("× without rebuilds", false),
        NOTHING("", false);

        private final String text;
        private final boolean inverse;

        Beside(String text, boolean inverse) {
            this.text = text;
            this.inverse = inverse;
        }

        /** The ratio with its spread. */
        String show(Measured measured) {
            if (this == NOTHING) {
                return "–";
            }
            double low = inverse ? 1 / measured.high() : measured.low();
            double high = inverse ? 1 / measured.low() : measured.high();
            double middle = inverse ? 1 / measured.ratio() : measured.ratio();
            return Figures.number(middle) + " " + text + " (" + Figures.number(low) + "–" + Figures.number(high) + ")";
        }
    }
}
