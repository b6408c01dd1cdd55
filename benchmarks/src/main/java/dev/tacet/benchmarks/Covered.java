package dev.tacet.benchmarks;

/** Puts one mask in the place of each run of characters to be hidden. */
final class Covered {
    private Covered() {}

    static String masked(String text, boolean[] covered) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < covered.length; i++) {
            if (!covered[i]) {
                out.append(text.charAt(i));
            } else if (i == 0 || !covered[i - 1]) {
                out.append("***");
            }
        }
        return out.toString();
    }
}
