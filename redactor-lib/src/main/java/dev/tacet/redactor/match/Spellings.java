package dev.tacet.redactor.match;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A short text as encoders escape it, for clues: what is then put into base64 or hexadecimal cannot be found by its letters alone when it has few
 * in a row. Encoders differ in what may be escaped and need not: PHP and Logback escape the slash, Go {@code <>&}, Gson {@code ='}
 * besides, Jackson (on request), Python and PHP what is not ASCII.
 */
final class Spellings {
    private static final String[] HTML_IN_JSON = {"", "<>&", "<>&='"};

    /** What is left alone in percent-encoding, beside letters and digits. */
    private static final String[] LEFT_ALONE = {
        "-._~", // RFC 3986's unreserved characters; Go, OAuth
        "-._*", // java.net.URLEncoder, HTML forms
        "-._~!*'()", // JavaScript's encodeURIComponent
        "-._~/", // Python's quote with its default, for paths
        "-._~!*'();,/?:@&=+$#" // JavaScript's encodeURI
    };

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern BY_HAND = Pattern.compile("([^A-Za-z0-9_])");
    private static final Pattern IN_QUOTES = Pattern.compile("([\"\\\\$`])");

    private Spellings() {}

    /** The text itself, and it in each spelling. */
    static Set<String> of(String text) {
        Set<String> all = new LinkedHashSet<>();
        all.add(text);
        for (String html : HTML_IN_JSON) {
            for (int style = 0; style < 8; style++) {
                all.add(json(text, html, (style & 1) != 0, (style & 2) != 0, (style & 4) != 0));
            }
        }
        all.add(json(text, "\"&'+<>`", false, true, true)); // .NET
        for (String alone : LEFT_ALONE) {
            all.add(url(text, alone, "%20"));
            all.add(url(text, alone, "+"));
        }
        for (boolean ascii : new boolean[] {false, true}) {
            all.add(reference(text, "&#39;", "&quot;", ascii));
            all.add(reference(text, "&#39;", "&#34;", ascii));
            all.add(reference(text, "&#x27;", "&quot;", ascii));
            all.add(reference(text, "&#x27;", "&#34;", ascii));
            all.add(reference(text, "&apos;", "&quot;", ascii));
            all.add(reference(text, "'", "&quot;", ascii)); // XML's attributes
            all.add(reference(text, "'", "\"", ascii)); // XML's text
        }
        all.add(properties(text, false));
        all.add(properties(text, true));
        all.add(BY_HAND.matcher(text).replaceAll("\\\\$1")); // a shell
        all.add(IN_QUOTES.matcher(text).replaceAll("\\\\$1"));
        all.add(text.replace("'", "'\\''"));
        return all;
    }

    private static String json(String text, String html, boolean slash, boolean ascii, boolean upper) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int letter = "\b\t\n\f\r\"\\".indexOf(c);
            if (letter >= 0 && html.indexOf(c) < 0) {
                out.append('\\').append("btnfr\"\\".charAt(letter));
            } else if (c == '/' && slash) {
                out.append("\\/");
            } else if (c < ' ' || html.indexOf(c) >= 0 || (ascii && c > 0x7e)) {
                String hex = Integer.toHexString(0x10000 | c).substring(1);
                out.append("\\u").append(upper ? hex.toUpperCase(Locale.ROOT) : hex);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** As {@code java.util.Properties.store} writes a value: what is not ASCII as it is to a writer, by its number to a stream. */
    private static String properties(String text, boolean ascii) {
        StringBuilder out = new StringBuilder();
        for (char c : json(text, "", false, ascii, true).toCharArray()) {
            out.append("=:#!".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return out.toString().replace("\\\"", "\"");
    }

    private static String url(String text, String alone, String blank) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (Alphabet.isLetterOrDigit(b) || (b > 0 && alone.indexOf(b) >= 0)) {
                out.append((char) b);
            } else if (b == ' ') {
                out.append(blank);
            } else {
                out.append('%').append(HEX.toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static String reference(String text, String apostrophe, String quote, boolean ascii) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\'' -> out.append(apostrophe);
                case '"' -> out.append(quote);
                default -> {
                    if (ascii && c > 0x7e) {
                        out.append("&#").append(c).append(';');
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
