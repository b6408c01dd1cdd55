package dev.tacet.sidecar.render;

import dev.tacet.sidecar.config.FileSettings.Escape;
import java.util.Optional;

/** Writes a value into a template, so that a reader of the file's language reads the value back. */
final class Escapes {
    private Escapes() {}

    static String escape(Escape escape, CharSequence value) {
        StringBuilder to = new StringBuilder(value.length() + 16);
        switch (escape) {
            case JSON -> NestedFormat.escapeJson(value, to);
            case YAML -> NestedFormat.escapeYaml(value, to);
            case XML -> escapeXml(value, to);
            // Where in the line the value will stand is not known.
            case PROPERTIES -> PropertiesFormat.escape(value, true, to);
            case SHELL -> DotenvFormat.quote(value, to);
            case NONE -> to.append(value);
        }
        return to.toString();
    }

    /** What the language cannot hold in any way of writing it. */
    static Optional<String> unfit(Escape escape, CharSequence value) {
        return switch (escape) {
            case XML ->
                value.chars().allMatch(Escapes::isXml)
                        ? Optional.empty()
                        : Optional.of("holds a control character, which no XML can");
            case SHELL ->
                Text.holdsNul(value) ? Optional.of("holds a NUL, which no word of a shell can") : Optional.empty();
            case JSON, YAML, PROPERTIES, NONE -> Optional.empty();
        };
    }

    /** White space is escaped too: in an attribute, a parser makes spaces of it. */
    private static void escapeXml(CharSequence text, StringBuilder to) {
        text.chars().forEach(c -> {
            switch (c) {
                case '&' -> to.append("&amp;");
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                case '"' -> to.append("&quot;");
                case '\'', '\t', '\n', '\r', 0x85, 0x2028 ->
                    to.append("&#").append(c).append(';');
                default -> to.append((char) c);
            }
        });
    }

    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c != 0xfffe && c != 0xffff);
    }
}
