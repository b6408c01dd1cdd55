package dev.tacet.redactor;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * The secrets in a value that is a document: JSON, properties, dotenv or YAML. An application logs a setting of it far more often than the
 * whole.
 *
 * <p>No parser but one look for names with values, the same for all formats: a document that is broken, or in a dialect, has secrets too. A
 * value is taken when its name says that it is one, or when it looks like one; braces, names and what has no name never are.
 */
final class Documents {
    private static final int LEAST = 8;

    /** A value of so many bytes need not have both letters and digits. */
    private static final int LONG = 20;

    private static final String NAME = "[\"']?([A-Za-z0-9_.-]{1,80})[\"']?[ \\t]*[=:][ \\t]*";
    private static final Pattern SETTING =
            Pattern.compile(NAME + "(?:\"((?:[^\"\\\\\\n]|\\\\[^\\n])*)\"|'([^'\\n]*)'|([^\\s\"'{}\\[\\],][^\\n]*))");
    private static final Pattern LINE = Pattern.compile("[ \\t]*(?:export[ \\t]+|-[ \\t]+)?" + NAME + "[^\\n]*");
    private static final Pattern BESIDE =
            Pattern.compile("[ \\t]*(?:[#!].*|---|\\.\\.\\.|[ \\t]+-?[ \\t]*[^\\n]*)?\\r?");
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i)(?:pass|pwd|secret|token|credential|api.?key|access.?key|private.?key|account.?key|auth|signature)");

    private Documents() {}

    /** The secrets in {@code text}; none when it is no document. */
    static List<String> secrets(String text) {
        List<String> found = new ArrayList<>();
        if (!isDocument(text)) {
            return found;
        }
        Matcher matcher = SETTING.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            boolean quoted = matcher.group(2) != null;
            String raw =
                    quoted ? matcher.group(2) : matcher.group(3) != null ? matcher.group(3) : plain(matcher.group(4));
            String value = quoted ? unescaped(raw) : raw;
            if (!Ordinary.isName(name) && (SECRET_NAME.matcher(name).find() || isTelling(value))) {
                found.add(value);
            }
        }
        return found;
    }

    private static boolean isDocument(String text) {
        String bare = text.strip();
        if (bare.length() > 1) {
            char last = bare.charAt(bare.length() - 1);
            if ((bare.charAt(0) == '{' && last == '}') || (bare.charAt(0) == '[' && last == ']')) {
                return true;
            }
        }
        if (bare.indexOf('\n') < 0) {
            return false; // one setting alone may be a password that has an equals sign in it
        }
        int settings = 0;
        for (String line : text.split("\n", -1)) {
            if (LINE.matches(line)) {
                settings++;
            } else if (!BESIDE.matches(line)) {
                return false;
            }
        }
        return settings > 1;
    }

    /** Without what ends a value that has no quotes: a comma of JSON, a comment, blanks. */
    private static String plain(String rest) {
        int comment = rest.indexOf(" #");
        String value = (comment < 0 ? rest : rest.substring(0, comment)).strip();
        while (!value.isEmpty() && ",}]".indexOf(value.charAt(value.length() - 1)) >= 0) {
            value = value.substring(0, value.length() - 1).strip();
        }
        return value;
    }

    private static boolean isTelling(String value) {
        boolean digit = value.chars().anyMatch(c -> c >= '0' && c <= '9');
        boolean letter = value.chars().anyMatch(Character::isLetter);
        boolean prose =
                value.contains("://") || value.indexOf('@') > 0 || value.strip().indexOf(' ') > 0;
        return value.length() >= LEAST
                && !prose
                && ((digit && letter) || (value.length() >= LONG && value.matches("[A-Za-z+/=_-]+")));
    }

    /** Without JSON's escapes, which YAML and properties share. */
    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            int letter = "bfnrt".indexOf(next);
            if (next == 'u'
                    && i + 4 < text.length()
                    && text.substring(i + 1, i + 5).matches("[0-9a-fA-F]{4}")) {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                out.append(letter < 0 ? next : "\b\f\n\r\t".charAt(letter));
            }
        }
        return out.toString();
    }
}
