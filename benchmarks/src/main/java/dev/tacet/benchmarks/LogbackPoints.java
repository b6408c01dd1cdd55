package dev.tacet.benchmarks;

import dev.tacet.benchmarks.Effort.Kind;
import dev.tacet.benchmarks.Point.Beside;
import dev.tacet.benchmarks.Point.Section;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** End to end: a logger, an encoder and a file, each beside the same without masks. */
final class LogbackPoints {
    private static final String PATTERN = "Logback, PatternLayout to a file";
    private static final String LOGSTASH = "Logback, LogstashEncoder to a file";

    private LogbackPoints() {}

    static List<Point> all() {
        return List.of(
                point(
                        "appender",
                        "RedactingEncoder, 100 values, built-in rules",
                        PATTERN,
                        true,
                        FileLog::pattern,
                        messages -> FileLog.patternWithRedactor(Contenders.builtIn(100), messages),
                        "pattern-redactor",
                        Optional.of(Target.inverseAtLeast(0.95))),
                point(
                        "appender-replace",
                        "`%replace(%msg)`, one regex",
                        PATTERN,
                        true,
                        FileLog::pattern,
                        FileLog::patternWithReplace,
                        "pattern-replace",
                        Optional.empty()),
                point(
                        "logstash",
                        "RedactingEncoder, 100 values, built-in rules",
                        LOGSTASH,
                        false,
                        FileLog::logstash,
                        messages -> FileLog.logstashWithRedactor(Contenders.builtIn(100), messages),
                        "logstash-redactor",
                        Optional.empty()),
                point(
                        "logstash-masks",
                        "`MaskingJsonGeneratorDecorator`, the same regex",
                        LOGSTASH,
                        false,
                        FileLog::logstash,
                        FileLog::logstashWithMasks,
                        "logstash-masks",
                        Optional.empty()));
    }

    private static Point point(
            String name,
            String what,
            String on,
            boolean quick,
            Function<List<String>, FileLog> without,
            Function<List<String>, FileLog> with,
            String masker,
            Optional<Target> target) {
        return new Point(
                name,
                Section.LOGBACK,
                what,
                on,
                target.isPresent() ? Kind.PROMISED : Kind.SPEED,
                quick,
                Beside.PLAIN,
                () -> {
                    List<String> messages = Corpus.texts();
                    return new Pair(without.apply(messages), with.apply(messages));
                },
                masker,
                target);
    }
}
