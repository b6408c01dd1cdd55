package dev.tacet.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Tokens that are in no volume, in the formats of their vendors and in the shapes in which logs show them. Made up from a
 * fixed seed; each kind is one that gitleaks has a rule for.
 */
final class Tokens {
    private static final String DIGITS = "0123456789";
    private static final String HEX = DIGITS + "abcdef";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Tokens() {}

    static List<String> kinds(Random random) {
        return List.of(
                "AKIA" + Values.text(random, BASE32, 16),
                "ghp_" + Values.letters(random, 36),
                "glpat-" + Values.letters(random, 20),
                "xoxb-" + Values.text(random, DIGITS, 12) + "-" + Values.text(random, DIGITS, 12) + "-"
                        + Values.letters(random, 24),
                "sk_live_" + Values.letters(random, 24),
                "hvs." + Values.letters(random, 95),
                "npm_" + Values.letters(random, 36),
                "SG." + Values.letters(random, 22) + "." + Values.letters(random, 43),
                "AIza" + Values.letters(random, 35),
                "dop_v1_" + Values.text(random, HEX, 64),
                "shpat_" + Values.text(random, HEX, 32),
                jwt(random));
    }

    private static String jwt(Random random) {
        String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        String claims = "{\"sub\":\"" + Values.letters(random, 12) + "\",\"iat\":1700000000}";
        return url64(header.getBytes(UTF_8)) + "." + url64(claims.getBytes(UTF_8)) + "." + Values.letters(random, 43);
    }

    private static String url64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A token in each shape. */
    static List<String> shapes(String token) {
        return List.of(
                "using " + token + " for this call",
                "using " + token,
                "{key=" + token + ", id=7}",
                "login(" + token + ")",
                "GET /v1/items?t=" + token + "&page=2",
                "{\"body\":\"{\\\"token\\\":\\\"" + token + "\\\"}\"}",
                "sent " + token + ".",
                "body=" + token + "%0Aend",
                "\u001b[31m" + token + "\u001b[0m",
                "<token>" + token + "</token>",
                "[" + token + "]",
                "tokens: " + token + ", none");
    }

    /** {@code each} of every kind in every shape. */
    static List<Spelling> probes(int each) {
        Random random = new Random(71);
        List<Spelling> probes = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            for (String token : kinds(random)) {
                shapes(token).forEach(text -> probes.add(new Spelling(text, token)));
            }
        }
        return probes;
    }
}
