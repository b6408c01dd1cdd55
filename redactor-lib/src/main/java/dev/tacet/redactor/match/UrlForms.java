package dev.tacet.redactor.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text percent-encoded (RFC 3986, section 2.1), as the encoders in use do it. Letters and digits always stay; the sets
 * below are what else each leaves alone.
 */
final class UrlForms {
    private static final String[] LEFT_ALONE = {
        "-._~", // RFC 3986's unreserved characters; Python's quote, Go, OAuth
        "-._*", // java.net.URLEncoder, HTML forms
        "-._~!*'()", // JavaScript's encodeURIComponent
        "-._~/", // Python's quote with its default, for paths
        "-._~!*'();,/?:@&=+$#", // JavaScript's encodeURI
    };
    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private UrlForms() {}

    static void of(byte[] text, FormSink sink) {
        if (isPlain(text)) {
            return;
        }
        for (String leftAlone : LEFT_ALONE) {
            for (boolean plus : new boolean[] {false, true}) {
                sink.accept(encode(text, leftAlone, plus, UPPER));
                sink.accept(encode(text, leftAlone, plus, LOWER));
            }
        }
    }

    private static boolean isPlain(byte[] text) {
        for (byte b : text) {
            if (!isLetterOrDigit(b) && b != '-' && b != '.' && b != '_') {
                return false;
            }
        }
        return true;
    }

    private static byte[] encode(byte[] text, String leftAlone, boolean plus, byte[] digits) {
        byte[] out = new byte[3 * text.length];
        int length = 0;
        for (byte b : text) {
            if (isLetterOrDigit(b) || (b > 0 && leftAlone.indexOf(b) >= 0)) {
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

    private static boolean isLetterOrDigit(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }
}
