package dev.tacet.redactor.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import java.util.Arrays;
import java.util.List;

/** What the tests of this package share. */
final class Matching {
    private Matching() {}

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    /** A redactor whose masks show 0, 1, 2 … */
    static Redactor redactor(byte[]... values) {
        Redactor.Builder builder = Redactor.builder();
        for (int i = 0; i < values.length; i++) {
            builder.secret(Integer.toString(i), SecretValue.of(values[i]));
        }
        return builder.build();
    }

    static Redactor redactor(String... values) {
        return redactor(Arrays.stream(values).map(Matching::utf8).toArray(byte[][]::new));
    }

    /** Whether any six consecutive bytes of {@code value} are in {@code output} beyond those in {@code around}. */
    static boolean survives(byte[] value, byte[] output, List<byte[]> around) {
        for (int i = 0; i + 6 <= value.length; i++) {
            byte[] six = Arrays.copyOfRange(value, i, i + 6);
            if (indexOf(output, six) >= 0 && around.stream().noneMatch(text -> indexOf(text, six) >= 0)) {
                return true;
            }
        }
        return false;
    }

    static int indexOf(byte[] text, byte[] wanted) {
        for (int i = 0; i + wanted.length <= text.length; i++) {
            if (Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
