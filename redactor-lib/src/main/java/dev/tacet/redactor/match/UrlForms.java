package dev.tacet.redactor.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text percent-encoded (RFC 3986, section 2.1), as the encoders in use do it. Letters and digits always stay; the sets
 * below are what else each leaves alone.
 */
final class UrlForms {
    private static final List<boolean[]> LEFT_ALONE = Stream.of(
                    "-._~", // RFC 3986's unreserved characters; Go, OAuth
                    "-._*", // java.net.URLEncoder, HTML forms
                    "-._~!*'()", // JavaScript's encodeURIComponent
                    "-._~/", // Python's quote with its default, for paths
                    "-._~!*'();,/?:@&=+$#") // JavaScript's encodeURI
            .map(UrlForms::table)
            .toList();
    private static final boolean[] PLAIN = table("-._");
    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private UrlForms() {}

    /** @param usualOnly the first two of the list, in upper case */
    static void of(byte[] text, boolean usualOnly, FormSink sink) {
        boolean plain = true;
        boolean space = false;
        for (byte b : text) {
            plain &= PLAIN[b & 0xff];
            space |= b == ' ';
        }
        if (plain) {
            return;
        }
        for (boolean[] leftAlone : usualOnly ? LEFT_ALONE.subList(0, 2) : LEFT_ALONE) {
            for (byte[] digits : usualOnly ? List.of(UPPER) : List.of(UPPER, LOWER)) {
                sink.accept(encode(text, leftAlone, false, digits));
                if (space) {
                    sink.accept(encode(text, leftAlone, true, digits));
                }
            }
        }
    }

    /** By byte, whether it is a letter, a digit or one of {@code others}; a lookup, for values of a megabyte. */
    private static boolean[] table(String others) {
        boolean[] table = new boolean[256];
        for (char c = 0; c < 0x80; c++) {
            table[c] = Character.isLetterOrDigit(c) || others.indexOf(c) >= 0;
        }
        return table;
    }

    private static byte[] encode(byte[] text, boolean[] leftAlone, boolean plus, byte[] digits) {
        byte[] out = new byte[3 * text.length];
        int length = 0;
        for (byte b : text) {
            if (leftAlone[b & 0xff]) {
                out[length++] = b;
            } else if (b == ' ' && plus) {
                out[length++] = '+';
            } else {
                out[length++] = '%';
                out[length++] = digits[(b >> 4) & 0xf];
                out[length++] = digits[b & 0xf];
            }
        }
        return Arrays.copyOf(out, length);
    }
}
