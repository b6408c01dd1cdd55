package dev.tacet.redactor;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Values as people and programs make them, and what may stand around them. */
final class RandomValues {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String PRINTABLE = LETTERS + " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final List<String> ALPHABETS = List.of(
            LETTERS,
            PRINTABLE,
            LETTERS + "\"'\"'\\`",
            LETTERS + "%%%&&<<>>=+ ",
            LETTERS + "\n\r\t",
            LETTERS + "\u00e9\u00fc\u00df\u4e2d\u6587\u20ac\u0416",
            LETTERS + "+/",
            LETTERS + "-_",
            "0123456789abcdef",
            "0123456789ABCDEF");
    private static final String AROUND = "ghijklmnopqrstuvwxyz:-_ ;";

    private static final Pattern QUOTED = Pattern.compile("^[\"']|[\"']$");

    private static final int SHORTEST = 8;
    private static final int LONGEST = 4096;

    private final SplittableRandom random;

    RandomValues(SplittableRandom random) {
        this.random = random;
    }

    /** 8 to 4096 characters, short ones as often as long ones; it neither begins nor ends with a quote or with what trimming takes away. */
    String value() {
        double power = random.nextDouble();
        int length = (int) Math.round(SHORTEST * Math.pow((double) LONGEST / SHORTEST, power));
        String alphabet = ALPHABETS.get(random.nextInt(ALPHABETS.size()));
        String value;
        do {
            value = text(alphabet, length);
            // One character beyond the basic plane, two units long.
            if (length > SHORTEST && random.nextInt(16) == 0) {
                value = value.substring(2) + "\ud83d\ude00";
            }
            // Next to a quote that is another's, its own would be doubled or escaped as CSV and shells do.
        } while (!value.equals(value.strip()) || QUOTED.matcher(value).find());
        return value;
    }

    /** Up to 40 characters, often none. */
    String around() {
        return random.nextInt(4) == 0 ? "" : text(AROUND, random.nextInt(40));
    }

    <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Places to cut a text of some length, in order: one cut, a few, or one at each byte. */
    int[] cuts(int length) {
        int kind = random.nextInt(8);
        if (kind == 0 && length <= 256) {
            int[] every = new int[length];
            Arrays.setAll(every, i -> i);
            return every;
        }
        int[] cuts = new int[kind < 5 ? 1 : 1 + random.nextInt(6)];
        Arrays.setAll(cuts, i -> random.nextInt(length + 1));
        Arrays.sort(cuts);
        return cuts;
    }

    private String text(String alphabet, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
