package dev.tacet.redactor.match;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A text inside a JSON string (RFC 8259, section 7), as the encoders in use write it, and inside JSON inside JSON.
 *
 * <p>What may be escaped and need not is where they differ: Jackson writes {@code \}{@code u00E9} in upper case and only
 * on request, but what takes two UTF-16 units so always when it writes bytes; Python and PHP in lower case and by default;
 * PHP, Logback's {@code JsonEncoder} and older Android escape the slash; Go escapes {@code <>&}, Gson {@code ='} besides. A text
 * that is not UTF-8 cannot be in JSON and has no form here.
 */
final class JsonForms {
    private static final String LINE_ENDS = "\u2028\u2029";
    private static final String[] HTML = {"", LINE_ENDS, "<>&" + LINE_ENDS, "<>&='" + LINE_ENDS};

    private static final Style MINIMAL = new Style(Unicode.KEPT, false, "", false);

    private static final Style GSON = new Style(Unicode.KEPT, false, HTML[3], false);

    private static final List<Style> USUAL =
            List.of(MINIMAL, new Style(Unicode.KEPT, true, "", false), new Style(Unicode.ESCAPED, false, "", true));

    private static final List<Style> EVERY = every();

    /** Who may write the inner JSON when the outer escapes more than it must; every pair would be a thousand forms. */
    private static final List<Style> BODIES =
            List.of(MINIMAL, new Style(Unicode.KEPT, false, "", true), GSON); // JavaScript, Jackson, Gson

    /** Who may write the outer JSON then: a log's encoder. */
    private static final List<Style> AROUND = List.of(
            new Style(Unicode.PAIRS_ESCAPED, false, "", true), // Jackson into bytes
            new Style(Unicode.ESCAPED, false, "", true), // Jackson in ASCII
            new Style(Unicode.ESCAPED, false, "", false), // Python
            new Style(Unicode.ESCAPED, true, "", false), // PHP
            new Style(Unicode.KEPT, true, "", false), // Logback
            new Style(Unicode.KEPT, false, HTML[2], false), // Go
            GSON);

    private enum Unicode {
        KEPT,
        /** Escaped is what takes two UTF-16 units, such as an emoji. */
        PAIRS_ESCAPED,
        ESCAPED
    }

    /** How one encoder decides. */
    private record Style(Unicode unicode, boolean slash, String html, boolean upper) {

        boolean escapesOptionally(char c) {
            return (c == '/' && slash)
                    || html.indexOf(c) >= 0
                    || (unicode == Unicode.PAIRS_ESCAPED && Character.isSurrogate(c))
                    || (unicode == Unicode.ESCAPED && c > 0x7f)
                    // Python's way: everything but space to tilde.
                    || (unicode == Unicode.ESCAPED && !upper && c == 0x7f);
        }

        /** Without what makes no difference for {@code text}, so that styles that write it alike are equal. */
        Style reducedTo(String text) {
            boolean differs = unicode != Unicode.KEPT
                    && text.chars()
                            .anyMatch(c -> unicode == Unicode.ESCAPED ? c >= 0x7f : Character.isSurrogate((char) c));
            StringBuilder present = new StringBuilder();
            html.chars().filter(c -> text.indexOf(c) >= 0).forEach(c -> present.append((char) c));
            return new Style(
                    differs ? unicode : Unicode.KEPT,
                    slash && text.indexOf('/') >= 0,
                    present.toString(),
                    upper && (differs || present.length() > 0 || text.chars().anyMatch(c -> c < ' ')));
        }
    }

    private JsonForms() {}

    /** @param usualOnly as JavaScript, Logback and Jackson in ASCII write it, not inside another JSON */
    static void of(byte[] text, boolean usualOnly, FormSink sink) {
        if (isPlain(text)) {
            return;
        }
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException notText) {
            return;
        }
        if (usualOnly) {
            reduced(USUAL, decoded)
                    .forEach(style -> sink.accept(escape(decoded, style).getBytes(StandardCharsets.UTF_8)));
            return;
        }
        for (Style style : reduced(EVERY, decoded)) {
            String once = escape(decoded, style);
            sink.accept(once.getBytes(StandardCharsets.UTF_8));
            sink.accept(escape(once, MINIMAL).getBytes(StandardCharsets.UTF_8));
        }
        for (Style body : reduced(BODIES, decoded)) {
            String once = escape(decoded, body);
            for (Style around : reduced(AROUND, once)) {
                sink.accept(escape(once, around).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static List<Style> every() {
        List<Style> styles = new ArrayList<>();
        for (Unicode unicode : Unicode.values()) {
            for (boolean slash : new boolean[] {false, true}) {
                for (String html : HTML) {
                    styles.add(new Style(unicode, slash, html, false));
                    styles.add(new Style(unicode, slash, html, true));
                }
            }
        }
        return List.copyOf(styles);
    }

    private static Set<Style> reduced(List<Style> styles, String text) {
        Set<Style> different = new LinkedHashSet<>();
        styles.forEach(style -> different.add(style.reducedTo(text)));
        return different;
    }

    /** Whether every encoder writes the text as it is; true for most tokens, and saves making many equal forms. */
    private static boolean isPlain(byte[] text) {
        for (byte b : text) {
            if (b < ' ' || b == 0x7f || "\"\\/<>&='".indexOf(b) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static String escape(String text, Style style) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int letter = "\b\t\n\f\r\"\\".indexOf(c);
            if (letter >= 0) {
                out.append('\\').append("btnfr\"\\".charAt(letter));
            } else if (c == '/' && style.slash()) {
                out.append("\\/");
            } else if (c < ' ' || style.escapesOptionally(c)) {
                String hex = Integer.toHexString(0x10000 | c).substring(1);
                out.append("\\u").append(style.upper() ? hex.toUpperCase(Locale.ROOT) : hex);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
