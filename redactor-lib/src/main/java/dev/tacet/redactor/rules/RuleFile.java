package dev.tacet.redactor.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tacet.redactor.match.Detector;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a file of rules in the format of gitleaks' configuration.
 *
 * <p>Of that format, {@code path}, {@code paths} and {@code commits} speak of files in a repository, which a log line is none of: a rule with
 * a path and no regex never matches, and exceptions for paths and commits never apply. What is not known is an error, since a rule that
 * is half understood would be trusted all the same.
 */
final class RuleFile {
    private static final long MOST_BYTES = 4 << 20;
    private static final int DEEPEST = 8;

    /** The end that gitleaks gives to most of its rules, made for source code; in logs much else ends a token. */
    private static final String CODE_END = "(?:[\\x60'\"\\s;]|\\\\[nr]|$)";

    private static final String LOG_END = "(?:[\\x60'\"\\s;,)\\]}>&<.:|%\\\\\\x1b]|$)";

    private static final Set<String> ROOT =
            Set.of("title", "description", "minVersion", "extend", "rules", "allowlist", "allowlists");
    private static final Set<String> RULE = Set.of(
            "id",
            "description",
            "regex",
            "secretGroup",
            "keywords",
            "entropy",
            "path",
            "tags",
            "allowlist",
            "allowlists",
            "skipReport");
    private static final Set<String> LIST = Set.of(
            "description", "regexes", "regexTarget", "stopwords", "condition", "paths", "commits", "targetRules");

    private final Path file;
    private final Map<String, FileRule> rules = new LinkedHashMap<>();

    private RuleFile(Path file) {
        this.file = file;
    }

    static RuleGroup read(Path file) throws IOException {
        List<FileRule> all = List.copyOf(read(file, 0).values());
        List<String> names = all.stream().map(FileRule::id).toList();
        return new RuleGroup() {
            @Override
            public List<String> names() {
                return names;
            }

            @Override
            public Detector detector(int firstId) {
                return new FileRuleDetector(all, firstId);
            }
        };
    }

    static Map<String, FileRule> read(Path file, int depth) throws IOException {
        RuleFile reader = new RuleFile(file);
        if (depth > DEEPEST) {
            throw reader.wrong(1, "it extends others more than " + DEEPEST + " deep, or itself");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw reader.wrong(1, "it has more than " + MOST_BYTES + " bytes");
        }
        try {
            reader.root(TomlReader.read(Files.readString(file)), depth);
        } catch (TomlReader.TomlException broken) {
            throw new RuleFileException(file + ": " + broken.getMessage());
        } catch (MalformedInputException broken) {
            throw reader.wrong(1, "it is no UTF-8");
        }
        return reader.rules;
    }

    private void root(Toml.Table root, int depth) throws IOException {
        known(root, ROOT, "");
        if (root.members().get("extend") instanceof Toml.Table extend) {
            extend(extend, depth);
        }
        for (Toml item : items(root, "rules", "")) {
            FileRule rule = rule(table(item, "rules"));
            rules.put(rule.id(), rule);
        }
        List<Toml.Table> lists = lists(root, "");
        for (Toml.Table list : lists) {
            FileRule.Allowlist allowlist = allowlist(list, "");
            Set<String> targets = new HashSet<>(texts(list, "targetRules", ""));
            rules.replaceAll((id, rule) -> targets.isEmpty() || targets.contains(id) ? with(rule, allowlist) : rule);
        }
    }

    private static FileRule with(FileRule rule, FileRule.Allowlist allowlist) {
        List<FileRule.Allowlist> all = new ArrayList<>(rule.allowlists());
        all.add(allowlist);
        return new FileRule(rule.id(), rule.regex(), rule.group(), rule.keywords(), rule.entropy(), List.copyOf(all));
    }

    private void extend(Toml.Table extend, int depth) throws IOException {
        known(extend, Set.of("path", "disabledRules", "useDefault", "url"), "");
        if (extend.members().containsKey("useDefault")
                && !text(extend, "useDefault", "").equals("false")) {
            throw wrong(
                    extend.line(),
                    "useDefault: gitleaks' own rules are not part of this library; give their file as path");
        }
        if (extend.members().containsKey("url")) {
            throw wrong(extend.line(), "url: nothing is fetched; give a file as path");
        }
        if (extend.members().containsKey("path")) {
            Path base = file.resolveSibling(text(extend, "path", ""));
            rules.putAll(read(base, depth + 1));
        }
        texts(extend, "disabledRules", "").forEach(rules::remove);
    }

    private FileRule rule(Toml.Table rule) throws RuleFileException {
        if (!rule.members().containsKey("id")) {
            throw wrong(rule.line(), "a rule has no id");
        }
        String id = text(rule, "id", "");
        String where = "rule " + id + ": ";
        if (rule.members().containsKey("required")) {
            throw wrong(rule.line(), where + "required: rules that need others nearby are not supported");
        }
        known(rule, RULE, where);
        Pattern regex;
        if (rule.members().containsKey("regex")) {
            regex = pattern(text(rule, "regex", where), rule.members().get("regex"), where);
        } else if (rule.members().containsKey("path")) {
            regex = FileRule.NEVER;
        } else {
            throw wrong(rule.line(), where + "it has no regex");
        }
        int group = number(rule, "secretGroup", where).intValue();
        if (group < 0 || group > regex.groupCount()) {
            throw wrong(rule.line(), where + "secretGroup: the regex has " + regex.groupCount() + " groups");
        }
        List<FileRule.Allowlist> allowlists = new ArrayList<>();
        for (Toml.Table list : lists(rule, where)) {
            allowlists.add(allowlist(list, where));
        }
        List<String> keywords = texts(rule, "keywords", where).stream()
                .map(keyword -> keyword.toLowerCase(Locale.ROOT))
                .toList();
        return new FileRule(id, regex, group, keywords, number(rule, "entropy", where), List.copyOf(allowlists));
    }

    private FileRule.Allowlist allowlist(Toml.Table list, String where) throws RuleFileException {
        known(list, LIST, where + "allowlist: ");
        List<Pattern> regexes = new ArrayList<>();
        for (String regex : texts(list, "regexes", where)) {
            regexes.add(pattern(regex, list, where));
        }
        String target = list.members().containsKey("regexTarget") ? text(list, "regexTarget", where) : "secret";
        if (!Set.of("secret", "match", "line").contains(target)) {
            throw wrong(list.line(), where + "regexTarget: one of secret, match and line");
        }
        String condition = list.members().containsKey("condition") ? text(list, "condition", where) : "OR";
        if (!Set.of("AND", "OR", "&&", "||").contains(condition.toUpperCase(Locale.ROOT))) {
            throw wrong(list.line(), where + "condition: AND or OR");
        }
        // With AND, a condition on paths or commits can never hold.
        boolean files = !texts(list, "paths", where).isEmpty()
                || !texts(list, "commits", where).isEmpty();
        boolean all = condition.equalsIgnoreCase("AND") || condition.equals("&&");
        List<String> stopwords = texts(list, "stopwords", where).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        return all && files
                ? new FileRule.Allowlist(target, List.of(), List.of(), false)
                : new FileRule.Allowlist(
                        target, List.copyOf(regexes), stopwords, all && !(regexes.isEmpty() && stopwords.isEmpty()));
    }

    private Pattern pattern(String regex, Toml place, String where) throws RuleFileException {
        String widened =
                regex.endsWith(CODE_END) ? regex.substring(0, regex.length() - CODE_END.length()) + LOG_END : regex;
        try {
            return Pattern.compile(widened);
        } catch (PatternSyntaxException broken) {
            throw wrong(place.line(), where + "regex: not in the syntax of RE2 (" + broken.getDescription() + ")");
        }
    }

    private List<Toml.Table> lists(Toml.Table owner, String where) throws RuleFileException {
        List<Toml.Table> all = new ArrayList<>();
        for (String key : List.of("allowlist", "allowlists")) {
            Toml given = owner.members().get(key);
            if (given instanceof Toml.Table single) {
                all.add(single);
            } else if (given != null) {
                for (Toml item : items(owner, key, where)) {
                    all.add(table(item, where + key));
                }
            }
        }
        return all;
    }

    private void known(Toml.Table table, Set<String> keys, String where) throws RuleFileException {
        for (Map.Entry<String, Toml> member : table.members().entrySet()) {
            if (!keys.contains(member.getKey())) {
                throw wrong(
                        member.getValue().line(),
                        where + "unknown key " + shown(member.getKey()) + "; known are "
                                + keys.stream().sorted().toList());
            }
        }
    }

    private static String shown(String key) {
        return key.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private Toml.Table table(Toml value, String key) throws RuleFileException {
        if (value instanceof Toml.Table table) {
            return table;
        }
        throw wrong(value.line(), key + ": a table is expected");
    }

    private List<Toml> items(Toml.Table owner, String key, String where) throws RuleFileException {
        Toml value = owner.members().get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Toml.Array array) {
            return array.items();
        }
        throw wrong(value.line(), where + key + ": a list is expected");
    }

    private List<String> texts(Toml.Table owner, String key, String where) throws RuleFileException {
        List<String> all = new ArrayList<>();
        for (Toml item : items(owner, key, where)) {
            if (!(item instanceof Toml.Text text)) {
                throw wrong(item.line(), where + key + ": a list of texts is expected");
            }
            all.add(text.value());
        }
        return all;
    }

    private String text(Toml.Table owner, String key, String where) throws RuleFileException {
        Toml value = owner.members().get(key);
        if (value instanceof Toml.Text text) {
            return text.value();
        }
        if (value instanceof Toml.Scalar scalar && key.equals("useDefault")) {
            return scalar.value();
        }
        throw wrong(value == null ? owner.line() : value.line(), where + key + ": a text is expected");
    }

    private Double number(Toml.Table owner, String key, String where) throws RuleFileException {
        Toml value = owner.members().get(key);
        if (value == null) {
            return 0.0;
        }
        if (value instanceof Toml.Scalar scalar && scalar.value().matches("[0-9]+(\\.[0-9]+)?")) {
            return Double.valueOf(scalar.value());
        }
        throw wrong(value.line(), where + key + ": a number of 0 or more is expected");
    }

    private RuleFileException wrong(int line, String what) {
        return new RuleFileException(file + ": line " + line + ": " + what);
    }
}
