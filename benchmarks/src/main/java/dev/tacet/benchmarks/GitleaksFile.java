package dev.tacet.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The regexes and keywords of {@code gitleaks.toml}, read by Jackson. */
final class GitleaksFile {
    private GitleaksFile() {}

    /**
     * @param keywords in lower case; the regex is tried when one of them is there, or when there are none
     * @param group which group is the secret; -1: the first, or all when the regex has none
     */
    record Rule(String id, String regex, List<String> keywords, int group) {
        Rule {
            keywords = List.copyOf(keywords);
        }
    }

    static Path path() {
        return SharedData.path("gitleaks/gitleaks.toml");
    }

    /** Its rules, without those that look at file names only. */
    static List<Rule> rules() {
        try {
            List<Rule> rules = new ArrayList<>();
            for (JsonNode rule : new TomlMapper().readTree(path().toFile()).path("rules")) {
                if (rule.has("regex")) {
                    List<String> keywords = new ArrayList<>();
                    rule.path("keywords").forEach(keyword -> keywords.add(keyword.asText()));
                    rules.add(new Rule(
                            rule.path("id").asText(),
                            rule.path("regex").asText(),
                            keywords,
                            rule.path("secretGroup").asInt(-1)));
                }
            }
            return rules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All keywords, each once. */
    static List<String> keywords() {
        return rules().stream()
                .flatMap(rule -> rule.keywords().stream())
                .distinct()
                .toList();
    }
}
