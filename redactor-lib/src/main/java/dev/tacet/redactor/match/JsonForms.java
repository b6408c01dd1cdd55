package dev.tacet.redactor.match;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A text inside a JSON string (RFC 8259, section 7), as the encoders in use write it, and inside JSON inside JSON.
 *
 * <p>What may be escaped and need not is where they differ: Jackson writes {@code \}{@code u00E9} in upper case and only
 * on request, Python and PHP in lower case and by default; PHP and older Android escape the slash; Go escapes
 * {@code <>&}, Gson {@code ='} besides. A text that is not UTF-8 cannot be in JSON and has no form here.
 */
final class JsonForms {
    private static final String[] HTML = {"", "<>&", "<>&='"};

    /** How one encoder decides. */
    private record Style(boolean asciiOnly, boolean slash, String html, boolean upper) {

        boolean escapesOptionally(char c) {
            return (c == '/' && slash)
                    || html.indexOf(c) >= 0
                    || (asciiOnly && c > 0x7f)
                    // Python's way: everything but space to tilde.
                    || (asciiOnly && !upper && c == 0x7f)
                    || (!html.isEmpty() && (c == '\u2028' || c == '\u2029'));
        }
    }

    private static final Style MINIMAL = new Style(false, false, "", false);

    private JsonForms() {}

    static void of(byte[] text, FormSink sink) {
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
        for (boolean asciiOnly : new boolean[] {false, true}) {
            for (boolean slash : new boolean[] {false, true}) {
                for (String html : HTML) {
                    for (boolean upper : new boolean[] {false, true}) {
                        String once = escape(decoded, new Style(asciiOnly, slash, html, upper));
                        sink.accept(once.getBytes(StandardCharsets.UTF_8));
                        sink.accept(escape(once, MINIMAL).getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
    }

    /** Whether every encoder writes the text as it is; true for most tokens, and saves making two dozen equal forms. */
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
