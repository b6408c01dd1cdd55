package dev.tacet.redactor.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A value inside base64 (RFC 4648) of more than the value, such as {@code user:password}.
 *
 * <p>Three bytes become four characters, so the value comes out in three ways, by how many bytes (modulo three) stand
 * before it. The first and last character of each may mix in bits of a neighbour. What is left between them, the core, is the
 * same whatever the neighbours are; that is what is looked for, and the mask takes the mixed characters along.
 */
final class Base64Forms {
    private static final List<byte[]> PADDING = Stream.of("=", "%3D", "%3d", "\\u003d", "\\u003D")
            .map(sign -> sign.getBytes(StandardCharsets.US_ASCII))
            .toList();

    private Base64Forms() {}

    static void of(byte[] value, int shortest, boolean usualOnly, FormSink sink) {
        for (int before = 0; before < 3; before++) {
            int firstBit = 8 * before;
            int lastBit = firstBit + 8 * value.length;
            int from = (firstBit + 5) / 6;
            int to = lastBit / 6;
            if (to - from < shortest) {
                continue;
            }
            byte[] shifted = new byte[before + value.length];
            System.arraycopy(value, 0, shifted, before, value.length);
            byte[] core = Arrays.copyOfRange(Base64.getEncoder().encode(shifted), from, to);
            spell(core, firstBit % 6 == 0 ? 0 : 1, lastBit % 6 == 0 ? 0 : 1, usualOnly, sink);
        }
    }

    private static void spell(byte[] core, int left, int right, boolean usualOnly, FormSink sink) {
        sink.accept(core, left, right, true);
        String text = new String(core, StandardCharsets.ISO_8859_1);
        if (text.indexOf('+') < 0 && text.indexOf('/') < 0) {
            return;
        }
        List<String> others = List.of(
                text.replace('+', '-').replace('/', '_'), // RFC 4648, section 5: the alphabet for URLs and file names
                text.replace("/", "\\/"), // in JSON by an encoder that escapes the slash
                text.replace("+", "\\u002b"), // in JSON by an encoder that minds HTML
                text.replace("+", "\\u002B"),
                text.replace("+", "%2B").replace("/", "%2F"), // in a query
                text.replace("+", "%2b").replace("/", "%2f"));
        for (String other : usualOnly ? others.subList(0, 2) : others) {
            sink.accept(other.getBytes(StandardCharsets.ISO_8859_1), left, right, true);
        }
    }

    /** Where the padding ends that begins at {@code index}, in the spellings that it has in URLs and JSON. */
    static int paddingEnd(byte[] input, int index) {
        int end = index;
        for (int i = 0; i < 2; i++) {
            for (byte[] sign : PADDING) {
                if (end + sign.length <= input.length
                        && Arrays.equals(input, end, end + sign.length, sign, 0, sign.length)) {
                    end += sign.length;
                    break;
                }
            }
        }
        return end;
    }

    /** Whether {@code b} is of either alphabet. */
    static boolean isDigit(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '+'
                || b == '/'
                || b == '-'
                || b == '_';
    }
}
