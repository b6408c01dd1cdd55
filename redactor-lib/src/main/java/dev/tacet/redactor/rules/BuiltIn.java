package dev.tacet.redactor.rules;

import dev.tacet.redactor.match.Detector;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that come with this library, written from what the issuers of tokens and the RFCs say of their formats; the module's README lists
 * the sources.
 */
final class BuiltIn implements RuleGroup {
    private static final String WORD_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String SCHEME_ENDS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int LONGEST = 4 * 1024;

    static final Rules RULES = Rules.of(List.of(new BuiltIn()));

    private final List<Keyword> keywords = keywords();
    private final List<String> names =
            keywords.stream().map(keyword -> keyword.rule().name()).distinct().toList();

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public Detector detector(int firstId) {
        return new KeywordDetector(keywords, names, firstId);
    }

    private static List<Keyword> keywords() {
        List<Keyword> all = new ArrayList<>();
        tokens(all);
        names(all);
        all.add(Keyword.shortPrefix("eyJ", WORD_LETTERS, new Jwt()));
        all.add(Keyword.prefix("-----BEGIN ", 4, new PemBlock()));
        all.add(Keyword.mark("://", SCHEME_ENDS, new UrlPassword()));
        return all;
    }

    private static void tokens(List<Keyword> all) {
        TokenRule aws = shape("aws-access-key", Letters.UPPER_OR_DIGIT, 16, 16);
        all.add(Keyword.prefix("AKIA", 0, aws));
        all.add(Keyword.prefix("ASIA", 0, aws));
        TokenRule github = shape("github-token", Letters.WORD, 36, 255);
        for (String kind : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
            all.add(Keyword.prefix(kind, 0, github));
        }
        all.add(Keyword.prefix("github_pat_", 5, github));
        all.add(Keyword.prefix("glpat-", 1, shape("gitlab-token", Letters.WORD, 20, LONGEST)));
        TokenRule slack = shape("slack-token", Letters.WORD, 20, LONGEST);
        for (String kind : List.of("xoxb-", "xoxp-", "xoxa-", "xoxs-", "xoxr-", "xoxe-")) {
            all.add(Keyword.prefix(kind, 0, slack));
        }
        TokenRule stripe = shape("stripe-key", Letters.ALPHANUMERIC, 16, LONGEST);
        for (String kind : List.of("sk_live_", "rk_live_", "sk_test_", "rk_test_")) {
            all.add(Keyword.prefix(kind, 1, stripe));
        }
        TokenRule vault = shape("vault-token", Letters.WORD, 24, LONGEST);
        for (String kind : List.of("hvs.", "hvb.", "hvr.")) {
            all.add(Keyword.prefix(kind, 0, vault));
        }
        all.add(Keyword.prefix("AIza", 0, shape("google-api-key", Letters.WORD, 35, 35)));
        all.add(Keyword.shortPrefix("SG.", WORD_LETTERS, new DottedShape("sendgrid-key", 22, 43)));
        all.add(Keyword.prefix("npm_", 0, shape("npm-token", Letters.ALPHANUMERIC, 36, 36)));
        all.add(Keyword.prefix("pypi-", 0, shape("pypi-token", Letters.WORD, 50, LONGEST)));
        all.add(Keyword.prefix("dckr_pat_", 1, shape("docker-token", Letters.WORD, 27, 64)));
        all.add(Keyword.prefix("sk-proj-", 1, shape("openai-key", Letters.WORD, 40, LONGEST)));
        all.add(Keyword.prefix("sk-ant-", 1, shape("anthropic-key", Letters.WORD, 40, LONGEST)));
        all.add(Keyword.prefix("dop_v1_", 2, shape("digitalocean-token", Letters.HEX, 64, 64)));
        all.add(Keyword.shortPrefix("hf_", WORD_LETTERS, shape("hugging-face-token", Letters.ALPHANUMERIC, 34, 40)));
        all.add(Keyword.prefix("AGE-SECRET-KEY-1", 1, shape("age-key", Letters.UPPER_OR_DIGIT, 58, 58)));
    }

    private static void names(List<Keyword> all) {
        TokenRule password = new Assignment("password", 1, false);
        all.add(Keyword.name("password", 2, password));
        all.add(Keyword.name("passwd", 2, password));
        all.add(Keyword.name("passphrase", 2, password));
        for (String follower : List.of("=", ":", "\"", "\\", " ")) {
            all.add(Keyword.name("pwd", follower, password));
        }
        TokenRule secret = new Assignment("secret", 8, true);
        all.add(Keyword.name("secret", 1, secret));
        all.add(Keyword.name("token", 0, secret));
        all.add(Keyword.name("api_key", 1, secret));
        all.add(Keyword.name("api-key", 1, secret));
        all.add(Keyword.name("apikey", 1, secret));
        all.add(Keyword.name("access_key", 5, secret));
        all.add(Keyword.name("access-key", 5, secret));
        all.add(Keyword.name("accesskey", 4, secret));
        all.add(Keyword.name("secret_key", 4, secret));
        all.add(Keyword.name("secretkey", 4, secret));
        all.add(Keyword.name("private_key", 5, secret));
        all.add(Keyword.name("accountkey", 5, secret));
        all.add(Keyword.name("credential", 2, secret));
        all.add(Keyword.name("credentials", 2, secret));
        TokenRule signature = new Assignment("signature", 20, true);
        all.add(Keyword.name("signature", 2, signature));
        all.add(Keyword.name("sig", "=", signature));
        all.add(Keyword.name("authorization", 2, new Authorization()));
        all.add(Keyword.name("cookie", 1, new CookieHeader()));
    }

    private static TokenShape shape(String name, Letters letters, int least, int most) {
        return new TokenShape(name, letters, least, most);
    }
}
