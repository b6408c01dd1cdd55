package dev.tacet.redactor.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * One rule of a file.
 *
 * @param id its name
 * @param regex what a match looks like
 * @param group the group of it that is the secret; 0 for the first that is not empty, or else the whole match
 * @param keywords in lower case; one has to be in the line
 * @param entropy the least Shannon entropy of the secret, in bits a byte
 * @param allowlists what is no secret all the same
 */
record FileRule(
        String id, Pattern regex, int group, List<String> keywords, double entropy, List<Allowlist> allowlists) {

    /** Matches nothing: the regex of a rule that speaks of a file's name alone. */
    static final Pattern NEVER = Pattern.compile("[^\\x00-\\x{10FFFF}]");

    /** Whether a log line can be meant at all. */
    boolean isOfText() {
        return !regex.equals(NEVER);
    }

    /**
     * Exceptions.
     *
     * @param target what {@code regexes} look at: {@code secret}, {@code match} or {@code line}
     * @param stopwords in lower case; a secret that contains one is none
     * @param all whether all that is given has to hold, rather than anything
     */
    record Allowlist(String target, List<Pattern> regexes, List<String> stopwords, boolean all) {

        boolean allows(String secret, String match, String line) {
            String looked = target.equals("line") ? line : target.equals("match") ? match : secret;
            boolean byRegex =
                    regexes.stream().anyMatch(regex -> regex.matcher(looked).find());
            String lower = secret.toLowerCase(Locale.ROOT);
            boolean byWord = stopwords.stream().anyMatch(lower::contains);
            return all ? (regexes.isEmpty() || byRegex) && (stopwords.isEmpty() || byWord) : byRegex || byWord;
        }
    }

    /** Which group of a match is the secret. */
    int secretGroup(Matcher matcher) {
        if (group > 0) {
            return group;
        }
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.start(i) >= 0 && matcher.end(i) > matcher.start(i)) {
                return i;
            }
        }
        return 0;
    }

    /** Whether what was found is a secret by this rule's further conditions. */
    boolean accepts(byte[] line, int start, int end, int matchStart, int matchEnd) {
        if (entropy > 0 && entropy(line, start, end) <= entropy) {
            return false;
        }
        if (allowlists.isEmpty()) {
            return true;
        }
        String secret = new String(line, start, end - start, StandardCharsets.UTF_8);
        String match = new String(line, matchStart, matchEnd - matchStart, StandardCharsets.UTF_8);
        String whole = new String(line, StandardCharsets.UTF_8);
        return allowlists.stream().noneMatch(list -> list.allows(secret, match, whole));
    }

    private static double entropy(byte[] bytes, int start, int end) {
        int[] counts = new int[256];
        for (int i = start; i < end; i++) {
            counts[bytes[i] & 0xff]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / (end - start);
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
