package dev.tacet.benchmarks;

import dev.tacet.benchmarks.Effort.Kind;
import dev.tacet.benchmarks.Point.Beside;
import dev.tacet.benchmarks.Point.Section;
import dev.tacet.redactor.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** How fast lines are gone through: each beside the memory scan of the same lines. */
final class SpeedPoints {
    private static final String LINES = "log lines";
    private static final String KEYWORD = "log lines with a keyword of gitleaks, no secret";

    private SpeedPoints() {}

    static List<Point> all() {
        List<Point> all = new ArrayList<>();
        all.addAll(promised());
        all.addAll(others());
        all.addAll(sizes());
        return all;
    }

    private static List<Point> promised() {
        Target keyword = Target.ratioAtMost(12).saying("0.6 µs for 50 ns");
        return List.of(
                ours("exact-clean", "100 values", "exact", LINES, () -> Contenders.exact(100), Corpus::lines)
                        .with(Target.ratioAtMost(1.5).andNoAllocation()),
                ours(
                                "builtin-clean",
                                "100 values, built-in rules",
                                "built-in",
                                LINES,
                                SpeedPoints::builtIn,
                                Corpus::lines)
                        .with(Target.ratioAtMost(3).andNoAllocation()),
                ours(
                                "gitleaks-clean",
                                "100 values, built-in rules, gitleaks.toml",
                                "gitleaks",
                                "log lines without a keyword of gitleaks",
                                SpeedPoints::gitleaks,
                                () -> Corpus.lines(false))
                        .with(Target.ratioAtMost(6).andNoAllocation()),
                ours(
                                "builtin-keyword",
                                "100 values, built-in rules",
                                "built-in",
                                KEYWORD,
                                SpeedPoints::builtIn,
                                () -> Corpus.lines(true))
                        .with(keyword),
                ours(
                                "gitleaks-keyword",
                                "100 values, built-in rules, gitleaks.toml",
                                "gitleaks",
                                KEYWORD,
                                SpeedPoints::gitleaks,
                                () -> Corpus.lines(true))
                        .with(keyword),
                new Point(
                        "gitleaks-re2j",
                        Section.LINES,
                        "100 values, built-in rules, gitleaks.toml",
                        LINES,
                        Kind.PROMISED,
                        true,
                        Beside.RE2J,
                        () -> {
                            byte[][] lines = Corpus.lines();
                            return new Pair(
                                    KeywordRegexes.re2j().over(lines), new RedactorContender(gitleaks()).over(lines));
                        },
                        "gitleaks",
                        Optional.of(Target.inverseAtLeast(40))));
    }

    private static List<Point> others() {
        return List.of(
                other("indexof", "`String.contains` loop, 100 values", "indexOf", () -> Contenders.indexOf(100)),
                other(
                        "aho-corasick",
                        "Aho-Corasick library, 100 values",
                        "aho-corasick",
                        () -> Contenders.ahoCorasick(100)),
                other(
                        "aho-corasick-forms",
                        "Aho-Corasick library, 100 values in 8 forms",
                        "aho-corasick-forms",
                        () -> Contenders.ahoCorasickInForms(100)),
                other("re2j", "RE2/J behind keywords, gitleaks' regexes", "re2j", KeywordRegexes::re2j),
                other(
                        "java-regex",
                        "`java.util.regex` behind keywords, gitleaks' regexes",
                        "java.util.regex",
                        KeywordRegexes::javaUtilRegex));
    }

    private static List<Point> sizes() {
        List<Point> sizes = new ArrayList<>();
        for (int values : new int[] {10, 1_000, 10_000}) {
            String what = String.format(Locale.ROOT, "%,d values", values);
            sizes.add(axis("exact-" + values, what, LINES, () -> Contenders.exact(values), Corpus::lines));
            sizes.add(axis(
                    "builtin-" + values,
                    what + ", built-in rules",
                    LINES,
                    () -> Contenders.builtIn(values),
                    Corpus::lines));
        }
        for (int values : new int[] {10, 1_000}) {
            sizes.add(other(
                    "indexof-" + values,
                    String.format(Locale.ROOT, "`String.contains` loop, %,d values", values),
                    Maskers.NONE,
                    () -> Contenders.indexOf(values)));
        }
        for (int values : new int[] {10, 1_000, 10_000}) {
            sizes.add(other(
                    "aho-corasick-" + values,
                    String.format(Locale.ROOT, "Aho-Corasick library, %,d values", values),
                    Maskers.NONE,
                    () -> Contenders.ahoCorasick(values)));
        }
        for (int percent : new int[] {1, 10}) {
            sizes.add(axis(
                    "hits-" + percent,
                    "100 values, built-in rules",
                    "log lines, " + percent + " % with a value",
                    SpeedPoints::builtIn,
                    () -> Corpus.withHits(Corpus.lines(), Values.of(100), 100 / percent)));
        }
        sizes.addAll(data("json", "JSON events of 1 KB", Corpus::jsonEvents));
        sizes.addAll(data("trace", "stack traces of 16 KB", Corpus::stackTraces));
        sizes.addAll(data("64k", "log lines in chunks of 64 KB", () -> Corpus.chunks(64 << 10)));
        return sizes;
    }

    private static List<Point> data(String name, String on, Supplier<byte[][]> lines) {
        return List.of(
                axis("exact-" + name, "100 values", on, () -> Contenders.exact(100), lines),
                axis("builtin-" + name, "100 values, built-in rules", on, SpeedPoints::builtIn, lines),
                axis(
                        "gitleaks-" + name,
                        "100 values, built-in rules, gitleaks.toml",
                        on,
                        SpeedPoints::gitleaks,
                        lines));
    }

    private static Redactor builtIn() {
        return Contenders.builtIn(100);
    }

    private static Redactor gitleaks() {
        return Contenders.gitleaks(100);
    }

    private static Point ours(
            String name, String what, String masker, String on, Supplier<Redactor> redactor, Supplier<byte[][]> lines) {
        return beside(name, Section.LINES, what, masker, on, () -> new RedactorContender(redactor.get()), lines);
    }

    private static Point axis(
            String name, String what, String on, Supplier<Redactor> redactor, Supplier<byte[][]> lines) {
        // The cost of an adversarial text is told in terms of this one, in a short run too.
        Point point =
                beside(name, Section.SIZES, what, Maskers.NONE, on, () -> new RedactorContender(redactor.get()), lines);
        return name.equals(AdversaryPoints.CLEAN) ? point : point.onlyInFull();
    }

    private static Point other(String name, String what, String masker, Supplier<Contender> contender) {
        Section section = masker.equals(Maskers.NONE) ? Section.SIZES : Section.OTHERS;
        return beside(name, section, what, masker, LINES, contender, Corpus::lines)
                .onlyInFull();
    }

    private static Point beside(
            String name,
            Section section,
            String what,
            String masker,
            String on,
            Supplier<Contender> contender,
            Supplier<byte[][]> lines) {
        Supplier<Pair> pair = () -> {
            byte[][] data = lines.get();
            return new Pair(new MemoryScan(data), contender.get().over(data));
        };
        Kind kind = section == Section.LINES ? Kind.PROMISED : Kind.SPEED;
        return new Point(name, section, what, on, kind, true, Beside.SCAN, pair, masker, Optional.empty());
    }
}
