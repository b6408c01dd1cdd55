package dev.tacet.benchmarks;

import dev.tacet.benchmarks.Effort.Kind;
import dev.tacet.benchmarks.Point.Beside;
import dev.tacet.benchmarks.Point.Section;
import dev.tacet.redactor.Needle;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What a rotation costs: the time to build a redactor, what events feel of it, and the memory that it keeps. */
final class RotationPoints {
    private RotationPoints() {}

    static List<Point> all() {
        List<Point> all = new ArrayList<>();
        all.add(rebuild(10, Optional.empty()));
        all.add(rebuild(100, Optional.empty()));
        all.add(rebuild(1_000, Optional.of(Target.millisecondsAtMost(20))));
        all.add(rebuild(10_000, Optional.empty()));
        all.add(tail("tail", "one event after the other", 300_000, 0, Optional.of(Target.ratioAtMost(2))));
        all.add(tail("due", "10,000 a second, from when each was due", 10_000, 100_000, Optional.empty()));
        all.add(heap(1_000, Optional.of(Target.megabytesAtMost(8))));
        all.add(heap(10_000, Optional.empty()));
        return all;
    }

    private static Point rebuild(int values, Optional<Target> target) {
        return new Point(
                "rebuild-" + values,
                Section.ROTATION,
                String.format(Locale.ROOT, "build, %,d values, built-in rules", values),
                "–",
                target.isPresent() ? Kind.PROMISED : Kind.ADVERSARY,
                target.isPresent(),
                Beside.AHO_CORASICK,
                () -> {
                    List<String> words = Values.of(values);
                    List<Needle> needles = Values.needles(words);
                    Rules rules = Rules.builtIn();
                    return new Pair(
                            new Rebuild(() -> AhoCorasick.build(words)),
                            new Rebuild(() -> Contenders.redactor(rules, needles)));
                },
                Maskers.NONE,
                target);
    }

    private static Point tail(String name, String on, int events, long apart, Optional<Target> target) {
        return new Point(
                name,
                Section.ROTATION,
                "p99.9 of an event while 1,000 values are rebuilt without end",
                on,
                Kind.TAIL,
                target.isPresent(),
                Beside.QUIET,
                () -> {
                    List<Needle> needles = Values.needles(Values.of(1_000));
                    Rules rules = Rules.builtIn();
                    Rotations rotations = new Rotations(() -> Contenders.redactor(rules, needles));
                    rotations.start();
                    List<String> messages = Corpus.texts();
                    return new Pair(
                            new EventTail(rotations, false, messages, events, apart),
                            new EventTail(rotations, true, messages, events, apart));
                },
                Maskers.NONE,
                target);
    }

    private static Point heap(int values, Optional<Target> target) {
        return new Point(
                "heap-" + values,
                Section.ROTATION,
                String.format(Locale.ROOT, "heap, %,d values, built-in rules", values),
                "–",
                Kind.HEAP,
                target.isPresent(),
                Beside.NOTHING,
                () -> {
                    byte[][] lines = Corpus.withHits(Corpus.every(8, Corpus.lines()), Values.of(100), 10);
                    List<Needle> needles = Values.needles(Values.of(values));
                    Function<byte[][], Redactor> build = input -> {
                        Redactor redactor = Contenders.redactor(Rules.builtIn(), needles);
                        new RedactorContender(redactor).over(input).measure();
                        return redactor;
                    };
                    return new Pair(new MemoryScan(lines), new HeapUse<>(build, lines));
                },
                Maskers.NONE,
                target);
    }
}
