package dev.tacet.redactor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is looked for beside a value itself: the value without the byte order mark, line end and quotes around it; the
 * password in a URL or connection string, also as it reads when its percent signs are decoded; the secrets in a document.
 */
final class Registration {
    // Longer ones are keystores and the like; a connection string has some hundreds of bytes, a document some
    // thousands.
    private static final int LONGEST = 64 * 1024;
    // Each has a bounded run or one class only: no backtracking that grows faster than the text does.
    private static final Pattern USERINFO =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\\s:/?#@]{0,256}:([^\\s/?#]+)@");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)(?:^|[?&;\\s])(?:password|pwd|accountkey|sharedaccesskey)=([^&;\\s]+)");

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
        Documents.secrets(new String(bytes, StandardCharsets.UTF_8)).stream()
                .map(secret -> new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .forEach(found::add);
        return found.stream()
                .distinct()
                .filter(one -> !one.isEmpty() && !one.equals(whole))
                .map(one -> one.getBytes(StandardCharsets.ISO_8859_1))
                .filter(one -> !Ordinary.isValue(one))
                .map(SecretValue::of)
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
