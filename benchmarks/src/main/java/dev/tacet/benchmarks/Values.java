package dev.tacet.benchmarks;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Secrets such as a vault gives out, from a fixed seed: of ten, three passwords of 8 to 16 characters, three of 20 to 32 with
 * signs, two keys in base64, one UUID and one token with a prefix that others share; of a hundred, one private key in PEM.
 */
final class Values {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String SIGNS = LETTERS + "!#$%&*+-./:;<=>?@^_~\"'\\";

    private Values() {}

    /** The first {@code count}; always the same ones. */
    static List<String> of(int count) {
        Random random = new Random(4);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(
                    switch (i % 100 == 50 ? 10 : i % 10) {
                        case 0, 3, 6 -> text(random, LETTERS, 8 + random.nextInt(9));
                        case 1, 4, 7 -> text(random, SIGNS, 20 + random.nextInt(13));
                        case 2, 5 -> base64(random, 32);
                        case 8 -> new UUID(random.nextLong(), random.nextLong()).toString();
                        case 9 -> "hvs." + text(random, LETTERS, 91);
                        default -> pem(random);
                    });
        }
        return values;
    }

    static List<Needle> needles(List<String> values) {
        List<Needle> needles = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            needles.add(new Needle("v/" + i, "1", SecretValue.ofUtf8(values.get(i)), Sensitivity.AUTO));
        }
        return needles;
    }

    static String text(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    static String letters(Random random, int length) {
        return text(random, LETTERS, length);
    }

    static String base64(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String pem(Random random) {
        StringBuilder pem = new StringBuilder("-----BEGIN " + "PRIVATE KEY-----\n");
        for (int line = 0; line < 25; line++) {
            pem.append(base64(random, 48)).append('\n');
        }
        return pem.append("-----END " + "PRIVATE KEY-----").toString();
    }
}
