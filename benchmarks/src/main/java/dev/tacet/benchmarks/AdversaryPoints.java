package dev.tacet.benchmarks;

import dev.tacet.benchmarks.Effort.Kind;
import dev.tacet.benchmarks.Point.Beside;
import dev.tacet.benchmarks.Point.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an adversary can make of it: 100 values and the built-in rules, on texts made to keep them busy. */
final class AdversaryPoints {
    /** The point that says what a byte of clean text costs. */
    static final String CLEAN = "builtin-64k";

    private static final String WHAT = "100 values, built-in rules";
    private static final int SHORT = 100_000;
    private static final int MIDDLE = 1_000_000;
    private static final int LONG = 10_000_000;

    private AdversaryPoints() {}

    static List<Point> all() {
        List<Point> all = new ArrayList<>();
        List<String> texts = Adversary.names();
        for (int i = 0; i < texts.size(); i++) {
            boolean quick = i < Adversary.KINDS;
            Point cost = cost("adversary-" + (i + 1), texts.get(i));
            Point middle = growth("linear-1mb-" + (i + 1), "1 MB", texts.get(i), MIDDLE);
            Point most = growth("linear-10mb-" + (i + 1), "10 MB", texts.get(i), LONG);
            all.add(quick ? cost : cost.onlyInFull());
            if (i % 2 == 0) {
                all.add(middle.onlyInFull());
            }
            all.add(quick && i % 2 == 0 ? most : most.onlyInFull());
        }
        return all;
    }

    private static Point cost(String name, String text) {
        return new Point(
                name,
                Section.ADVERSARY,
                WHAT,
                "64 KB of `" + text + "`",
                Kind.ADVERSARY,
                true,
                Beside.SCAN,
                () -> {
                    byte[][] chunks = Corpus.cut(Adversary.text(text), 64 << 10, 8);
                    return new Pair(new MemoryScan(chunks), used().over(chunks));
                },
                Maskers.NONE,
                Optional.of(Target.timesOf(CLEAN, "clean", 20)));
    }

    private static Point growth(String name, String size, String text, int length) {
        return new Point(
                name,
                Section.LINEAR,
                WHAT,
                size + " of `" + text + "`",
                Kind.ADVERSARY,
                true,
                Beside.SHORT,
                () -> {
                    RedactorContender ours = used();
                    byte[] repeated = Adversary.text(text);
                    return new Pair(
                            ours.over(Corpus.cut(repeated, SHORT, 10)), ours.over(Corpus.cut(repeated, length, 1)));
                },
                Maskers.NONE,
                Optional.of(Target.ratioAtMost(2)));
    }

    /** Has been at work on ordinary lines for a while, so that the JVM is prepared for those, as it will be. */
    private static RedactorContender used() {
        RedactorContender ours = new RedactorContender(Contenders.builtIn(100));
        Lane ordinary = ours.over(Corpus.lines());
        for (int i = 0; i < 30; i++) {
            ordinary.measure();
        }
        return ours;
    }
}
