package dev.tacet.sidecar.render;

import java.util.Map;

/**
 * Assignments that a shell reads with {@code set -a; . FILE}, and that Compose and its like read as {@code env_file}.
 *
 * <p>A value stands in single quotes, in which every reader takes every character for itself. One that holds a single
 * quote stands in double quotes, with a backslash before what is special there: Compose does not know how a shell puts
 * a single quote between single quotes. Shells read back every value; what they and other readers understand
 * differently is a back quote beside a single quote, and, for a few readers, a backslash.
 */
final class DotenvFormat {
    private static final String SPECIAL = "\"\\$`";

    private DotenvFormat() {}

    static CharSequence write(Map<String, CharSequence> entries) {
        StringBuilder file = new StringBuilder();
        entries.forEach((name, value) -> {
            file.append(name).append('=');
            quote(value, file);
            file.append('\n');
        });
        return file;
    }

    /** One word of a shell, quoted. A shell cannot hold a NUL. */
    static void quote(CharSequence text, StringBuilder to) {
        boolean singly = text.chars().noneMatch(c -> c == '\'');
        char quote = singly ? '\'' : '"';
        to.append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!singly && SPECIAL.indexOf(c) >= 0) {
                to.append('\\');
            }
            to.append(c);
        }
        to.append(quote);
    }
}
