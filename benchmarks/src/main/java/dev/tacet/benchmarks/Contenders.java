package dev.tacet.benchmarks;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.rules.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Who competes, each with the first so many of {@link Values}. */
final class Contenders {
    private Contenders() {}

    static Redactor exact(int values) {
        return redactor(Rules.none(), Values.needles(Values.of(values)));
    }

    static Redactor builtIn(int values) {
        return redactor(Rules.builtIn(), Values.needles(Values.of(values)));
    }

    static Redactor gitleaks(int values) {
        try {
            return redactor(Rules.builtIn().and(Rules.read(GitleaksFile.path())), Values.needles(Values.of(values)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Redactor redactor(Rules rules, List<Needle> needles) {
        return Redactor.builder().rules(rules).needles(needles).build();
    }

    static Contender indexOf(int values) {
        return new IndexOfLoop(Values.of(values));
    }

    static Contender ahoCorasick(int values) {
        return new AhoCorasick(Values.of(values));
    }

    static Contender ahoCorasickInForms(int values) {
        return new AhoCorasick(Values.of(values).stream()
                .flatMap(value -> Spelling.ordinary(value).stream())
                .toList());
    }
}
