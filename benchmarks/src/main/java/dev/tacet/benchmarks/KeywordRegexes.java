package dev.tacet.benchmarks;

import dev.tacet.benchmarks.GitleaksFile.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Gitleaks' regexes, each tried only on texts that hold one of its keywords. Entropy, allowlists and stop words are left out:
 * they would cost time and find no more. Not for threads to share.
 */
abstract class KeywordRegexes extends TextContender {
    private final KeywordFilter filter;
    private final BitSet[] rulesOfKeyword;
    private final BitSet always = new BitSet();
    private final BitSet keywords = new BitSet();
    private final BitSet due = new BitSet();

    KeywordRegexes(List<Rule> rules) {
        List<String> words = GitleaksFile.keywords();
        this.filter = new KeywordFilter(words);
        this.rulesOfKeyword = new BitSet[words.size()];
        Arrays.setAll(rulesOfKeyword, i -> new BitSet());
        for (int i = 0; i < rules.size(); i++) {
            int rule = i;
            rules.get(i).keywords().forEach(keyword -> rulesOfKeyword[words.indexOf(keyword)].set(rule));
            always.set(i, rules.get(i).keywords().isEmpty());
        }
    }

    /** Marks in {@code covered} what the regex of the rule finds; whether that was anything. */
    abstract boolean cover(int rule, String text, boolean[] covered);

    @Override
    public final String mask(String text) {
        filter.find(text, keywords);
        due.clear();
        due.or(always);
        for (int i = keywords.nextSetBit(0); i >= 0; i = keywords.nextSetBit(i + 1)) {
            due.or(rulesOfKeyword[i]);
        }
        if (due.isEmpty()) {
            return text;
        }
        boolean any = false;
        boolean[] covered = new boolean[text.length()];
        for (int rule = due.nextSetBit(0); rule >= 0; rule = due.nextSetBit(rule + 1)) {
            any |= cover(rule, text, covered);
        }
        return any ? Covered.masked(text, covered) : text;
    }

    /** By the engine of RE2 for Java: linear, and all of the file compiles. */
    static KeywordRegexes re2j() {
        List<Rule> rules = GitleaksFile.rules();
        List<com.google.re2j.Pattern> patterns = new ArrayList<>();
        rules.forEach(rule -> patterns.add(com.google.re2j.Pattern.compile(rule.regex())));
        return new KeywordRegexes(rules) {
            @Override
            boolean cover(int rule, String text, boolean[] covered) {
                com.google.re2j.Matcher matcher = patterns.get(rule).matcher(text);
                boolean any = false;
                while (matcher.find()) {
                    int group = secret(rules.get(rule), matcher.groupCount());
                    if (matcher.start(group) >= 0) {
                        Arrays.fill(covered, matcher.start(group), matcher.end(group), true);
                        any = true;
                    }
                }
                return any;
            }
        };
    }

    /** By the JDK's own engine, which backtracks; POSIX classes are put into its words, and names of groups left out. */
    static KeywordRegexes javaUtilRegex() {
        List<Rule> rules = GitleaksFile.rules();
        List<java.util.regex.Pattern> patterns = new ArrayList<>();
        rules.forEach(rule -> patterns.add(java.util.regex.Pattern.compile(rule.regex()
                .replace("[:alnum:]", "\\p{Alnum}")
                .replace("[:alpha:]", "\\p{Alpha}")
                .replace("[:xdigit:]", "\\p{XDigit}")
                .replaceAll("\\(\\?P<\\w+>", "("))));
        return new KeywordRegexes(rules) {
            @Override
            boolean cover(int rule, String text, boolean[] covered) {
                java.util.regex.Matcher matcher = patterns.get(rule).matcher(text);
                boolean any = false;
                while (matcher.find()) {
                    int group = secret(rules.get(rule), matcher.groupCount());
                    if (matcher.start(group) >= 0) {
                        Arrays.fill(covered, matcher.start(group), matcher.end(group), true);
                        any = true;
                    }
                }
                return any;
            }
        };
    }

    private static int secret(Rule rule, int groups) {
        return rule.group() >= 0 ? rule.group() : Math.min(groups, 1);
    }
}
