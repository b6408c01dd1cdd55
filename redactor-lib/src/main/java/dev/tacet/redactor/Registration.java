package dev.tacet.redactor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is looked for beside a value itself: the value without the byte order mark, line end and quotes around it, and the
 * password in a URL or connection string, also as it reads when its percent signs are decoded.
 */
final class Registration {
    // Longer ones are documents or keystores; a connection string has some hundreds.
    private static final int LONGEST = 8192;
    // Each has a bounded run or one class only: no backtracking that grows faster than the text does.
    private static final Pattern USERINFO =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\\s:/?#@]{0,256}:([^\\s/?#]+)@");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)(?:^|[?&;\\s])(?:password|pwd|accountkey|sharedaccesskey)=([^&;\\s]+)");
    // In a URL, but never a secret: to mask them would cut into ordinary text.
    private static final Set<String> WORDS =
            Set.of("password", "changeit", "changeme", "localhost", "postgres", "username", "undefined");

    private Registration() {}

    /** What else to look for; none that equals the value. */
    static List<SecretValue> beside(SecretValue value) {
        byte[] bytes = value.reveal();
        if (bytes.length > LONGEST) {
            return List.of();
        }
        // Latin-1 keeps every byte, so nothing is changed on the way there and back.
        String whole = new String(bytes, StandardCharsets.ISO_8859_1);
        String bare = bare(whole);
        List<String> found = new ArrayList<>();
        found.add(bare);
        passwords(USERINFO, bare, found);
        passwords(PARAMETER, bare, found);
        return found.stream()
                .distinct()
                .filter(one -> !one.isEmpty() && !one.equals(whole))
                .filter(one -> !WORDS.contains(one.toLowerCase(Locale.ROOT)))
                .map(one -> SecretValue.of(one.getBytes(StandardCharsets.ISO_8859_1)))
                .toList();
    }

    private static String bare(String whole) {
        String text = whole.startsWith("\u00ef\u00bb\u00bf") ? whole.substring(3) : whole;
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        boolean quoted =
                end > 1 && text.charAt(0) == text.charAt(end - 1) && (text.charAt(0) == '"' || text.charAt(0) == '\'');
        return quoted ? text.substring(1, end - 1) : text.substring(0, end);
    }

    private static void passwords(Pattern pattern, String text, List<String> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
            found.add(percentDecoded(matcher.group(1)));
        }
    }

    private static String percentDecoded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (text.charAt(i) == '%' && high >= 0 && low >= 0) {
                out.append((char) (high << 4 | low));
                i += 2;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
