package dev.tacet.redactor.match;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import dev.tacet.redactor.stream.RedactingOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A fuzz target: two values and a text that holds them as they are and encoded. Nothing is thrown, and what is between the masks holds neither
 * value and is part of the text; as a whole and as a stream that is cut somewhere.
 *
 * <p>An input is where to cut the stream, the length of a value and the value, twice; then the text, in which the bytes from F8 to FF stand for a
 * value in one of four spellings.
 */
public final class MatcherFuzz {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 80;
    private static final byte[] BLANK = {' '};
    private static final byte[] NOTHING = {};
    private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+\\z");
    private static final Pattern MASK = Pattern.compile("\"?\\[REDACTED:s\\]\"?");

    private MatcherFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < 2 * (SHORTEST + 1) + 1) {
            return;
        }
        int firstEnd = Math.min(input.length - SHORTEST - 1, 2 + length(input[1]));
        byte[] first = Arrays.copyOfRange(input, 2, firstEnd);
        int secondEnd = Math.min(input.length, firstEnd + 1 + length(input[firstEnd]));
        byte[] second = Arrays.copyOfRange(input, firstEnd + 1, secondEnd);
        if (bare(first) < SHORTEST || bare(second) < SHORTEST) {
            return; // too short to be looked for in each spelling
        }
        List<byte[]> planted = new ArrayList<>();
        byte[] text = text(Arrays.copyOfRange(input, secondEnd, input.length), first, second, planted);
        for (byte[] value : List.of(first, second)) {
            planted.add(value);
        }
        Redactor redactor = Redactor.builder()
                .needle(new Needle("s", "1", SecretValue.of(first), Sensitivity.ALWAYS))
                .needle(new Needle("s", "2", SecretValue.of(second), Sensitivity.ALWAYS))
                .build();
        if (!redactor.ignored().isEmpty()) {
            return; // nothing but line breaks, or nearly so
        }
        check(text, redactor.redact(text), planted);
        check(text, streamed(redactor, text, (input[0] & 0xff) * text.length / 256), planted);
    }

    /** How long a value is without the line breaks at its end, which are no part of it. */
    private static int bare(byte[] value) {
        return LINE_ENDS.matcher(new String(value, ISO_8859_1)).replaceFirst("").length();
    }

    private static int length(byte length) {
        return SHORTEST + (length & 0xff) % (LONGEST - SHORTEST);
    }

    private static byte[] text(byte[] template, byte[] first, byte[] second, List<byte[]> planted) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte b : template) {
            int place = b & 0xff;
            if (place < 0xf8) {
                text.write(b);
            } else {
                byte[] spelled = spelled((place & 1) == 0 ? first : second, place >> 1 & 3);
                planted.add(spelled);
                // Behind a percent sign its first letters would be an escape.
                text.writeBytes((place >> 1 & 3) == 3 ? BLANK : NOTHING);
                text.writeBytes(spelled);
            }
        }
        return text.toByteArray();
    }

    private static byte[] spelled(byte[] value, int spelling) {
        return switch (spelling) {
            case 0 -> value;
            case 1 -> Base64.getEncoder().withoutPadding().encode(value);
            case 2 -> HexFormat.of().formatHex(value).getBytes(UTF_8);
            default ->
                URLEncoder.encode(new String(value, ISO_8859_1), ISO_8859_1).getBytes(UTF_8);
        };
    }

    private static byte[] streamed(Redactor redactor, byte[] text, int cut) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RedactingOutputStream stream = new RedactingOutputStream(out, () -> redactor)) {
            stream.write(text, 0, cut);
            stream.flush();
            stream.write(text, cut, text.length - cut);
        }
        return out.toByteArray();
    }

    private static void check(byte[] text, byte[] output, List<byte[]> planted) {
        String input = new String(text, ISO_8859_1);
        int from = 0;
        for (String between : MASK.split(new String(output, ISO_8859_1), -1)) {
            int at = input.indexOf(between, from);
            if (at < 0) {
                throw new IllegalStateException("what is between the masks was not in the text");
            }
            from = at + between.length();
            for (byte[] value : planted) {
                String whole = new String(value, ISO_8859_1);
                // Line breaks at its end are no part of a value.
                if (between.contains(LINE_ENDS.matcher(whole).replaceFirst(""))) {
                    throw new IllegalStateException("a value is left");
                }
            }
        }
    }
}
