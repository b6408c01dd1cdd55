package dev.tacet.redactor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Sends a text through a stream in pieces, and watches what comes out after each. */
final class Pieces {
    private Pieces() {}

    static Redactor redactor(String... values) {
        Redactor.Builder builder = Redactor.builder();
        for (int i = 0; i < values.length; i++) {
            builder.secret(Integer.toString(i), SecretValue.ofUtf8(values[i]));
        }
        return builder.build();
    }

    /** What comes out altogether when {@code text} is cut at each of {@code cuts} and flushed there. */
    static byte[] send(Supplier<Redactor> redactor, byte[] text, int... cuts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RedactingOutputStream redacting = new RedactingOutputStream(out, redactor)) {
            int from = 0;
            for (int cut : cuts) {
                redacting.write(text, from, cut - from);
                redacting.flush();
                from = cut;
            }
            redacting.write(text, from, text.length - from);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
        return out.toByteArray();
    }

    static int[] everyByte(byte[] text) {
        int[] cuts = new int[text.length];
        Arrays.setAll(cuts, i -> i);
        return cuts;
    }

    /** Whether six bytes in a row of a value are in {@code output}, of those that are not in {@code around}. */
    static boolean shows(String output, List<String> values, String around) {
        for (String value : values) {
            for (int i = 0; i + 6 <= value.length(); i++) {
                String six = value.substring(i, i + 6);
                if (output.contains(six) && !around.contains(six)) {
                    return true;
                }
            }
        }
        return false;
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
