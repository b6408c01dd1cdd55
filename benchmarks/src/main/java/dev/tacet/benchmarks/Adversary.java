package dev.tacet.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Texts that keep a redactor busy for nothing, by name: each is to be repeated to the length that is wanted. */
final class Adversary {
    /** So many come first that a short run takes: one of each kind. */
    static final int KINDS = 13;

    private static final Map<String, Supplier<String>> TEXTS = new LinkedHashMap<>();

    static {
        TEXTS.put("value prefixes", () -> values(value -> value.substring(0, value.length() - 1)));
        TEXTS.put("values one byte off", () -> values(Adversary::oneOff));
        TEXTS.put("values one byte off, hex", () -> values(value -> hex(oneOff(value))));
        TEXTS.put("values one byte off, percent", () -> values(value -> percent(oneOff(value))));
        TEXTS.put("values one byte off, base64", () -> values(value -> base64(oneOff(value))));
        TEXTS.put("%25", () -> "%25");
        TEXTS.put("backslashes", () -> "\\");
        TEXTS.put("&amp;", () -> "&amp;&#x41;");
        TEXTS.put("password=", () -> "password=");
        TEXTS.put("eyJ", () -> "eyJ");
        TEXTS.put("://", () -> "://");
        TEXTS.put("PEM headers", () -> "-----BEGIN " + "PRIVATE KEY-----");
        TEXTS.put("a run of base64", () -> Values.base64(new Random(3), 4096 * 3));
        TEXTS.put("letters in percent", () -> percent(Values.letters(new Random(1), 4096)));
        TEXTS.put("\\u0041", () -> "\\u0041\\u0062");
        TEXTS.put("a run of hex", () -> Values.text(new Random(2), "0123456789abcdef", 4096));
        TEXTS.put("1f:2e:", () -> "1f:2e:a0:");
        TEXTS.put("115, 101,", () -> "115, 101, 99, ");
        TEXTS.put("one letter", () -> "a");
        TEXTS.put("colour codes", () -> "\u001b[31mx\u001b[0m");
        TEXTS.put("zeros between", () -> "p\0a\0s\0s\0");
        TEXTS.put("{\"a\":[", () -> "{\"a\":[");
        TEXTS.put("eyJ….", () -> "eyJhbGciOiJIUzI1NiJ9.");
        TEXTS.put("http://a:", () -> "http://a:");
        TEXTS.put("token prefixes", () -> "AKIA ghp_ glpat- xoxb- sk_live_ hvs. npm_ SG. AIza dop_v1_ shpat_ ");
        TEXTS.put("gitleaks' keywords", () -> String.join("=", GitleaksFile.keywords()));
    }

    private Adversary() {}

    static List<String> names() {
        return List.copyOf(TEXTS.keySet());
    }

    static byte[] text(String name) {
        Supplier<String> text = TEXTS.get(name);
        if (text == null) {
            throw new IllegalArgumentException("no text is called " + name);
        }
        return text.get().getBytes(UTF_8);
    }

    /** Not those of several lines: each line of one is looked for alone, and would be a hit. */
    private static String values(UnaryOperator<String> change) {
        return Values.of(100).stream()
                .filter(value -> !value.contains("\n"))
                .map(change)
                .collect(Collectors.joining(" "));
    }

    /** A value with its last character changed: whoever compares from the front learns of it last. */
    private static String oneOff(String value) {
        char last = value.charAt(value.length() - 1);
        return value.substring(0, value.length() - 1) + (last == 'x' ? 'y' : 'x');
    }

    private static String hex(String value) {
        return HexFormat.of().formatHex(value.getBytes(UTF_8));
    }

    private static String percent(String value) {
        return "%" + HexFormat.ofDelimiter("%").withUpperCase().formatHex(value.getBytes(UTF_8));
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
    }
}
