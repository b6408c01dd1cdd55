package dev.tacet.benchmarks;

import dev.tacet.redactor.Redactor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Recall of all that masks, by name: with a hundred values, and with whatever rules it has. Each is asked for once. */
final class Maskers {
    static final String NONE = "";

    private static final Map<String, Supplier<Recall>> ALL = Map.ofEntries(
            Map.entry("exact", () -> of(new RedactorContender(Contenders.exact(100)))),
            Map.entry("built-in", () -> of(new RedactorContender(Contenders.builtIn(100)))),
            Map.entry("gitleaks", () -> of(new RedactorContender(Contenders.gitleaks(100)))),
            Map.entry("indexOf", () -> of(Contenders.indexOf(100))),
            Map.entry("aho-corasick", () -> of(Contenders.ahoCorasick(100))),
            Map.entry("aho-corasick-forms", () -> of(Contenders.ahoCorasickInForms(100))),
            Map.entry("re2j", () -> of(KeywordRegexes.re2j())),
            Map.entry("java.util.regex", () -> of(KeywordRegexes.javaUtilRegex())),
            Map.entry("pattern-replace", () -> of(FileLog::patternWithReplace)),
            Map.entry("pattern-redactor", () -> ofRedactor(FileLog::patternWithRedactor)),
            Map.entry("logstash-masks", () -> of(FileLog::logstashWithMasks)),
            Map.entry("logstash-redactor", () -> ofRedactor(FileLog::logstashWithRedactor)));

    private final Map<String, Recall> known = new LinkedHashMap<>();

    Recall recall(String name) {
        return known.computeIfAbsent(name, unknown -> {
            Supplier<Recall> recall = ALL.get(unknown);
            if (recall == null) {
                throw new IllegalArgumentException("nothing masks by the name of " + unknown);
            }
            return recall.get();
        });
    }

    /** All that was asked for. */
    Map<String, Recall> known() {
        return Collections.unmodifiableMap(known);
    }

    private static Recall of(Contender contender) {
        return Recall.of(contender::mask);
    }

    private static Recall of(Function<List<String>, FileLog> log) {
        try (FileLog open = log.apply(List.of())) {
            return Recall.of(open::written);
        }
    }

    private static Recall ofRedactor(LogWithRedactor log) {
        Redactor redactor = Contenders.builtIn(100);
        return of(messages -> log.open(redactor, messages));
    }

    private interface LogWithRedactor {
        FileLog open(Redactor redactor, List<String> messages);
    }
}
