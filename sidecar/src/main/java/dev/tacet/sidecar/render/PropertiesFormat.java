package dev.tacet.sidecar.render;

import java.util.HexFormat;
import java.util.Map;

/**
 * The format of {@link java.util.Properties#load(java.io.InputStream)}.
 *
 * <p>Only printable ASCII is written, all else as {@code \}{@code uXXXX}, so that a reader that takes the file for
 * ISO-8859-1 and one that takes it for UTF-8 read the same. Same entries, same bytes: no date, no comment.
 */
final class PropertiesFormat {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PropertiesFormat() {}

    static CharSequence write(Map<String, CharSequence> entries) {
        StringBuilder file = new StringBuilder();
        entries.forEach((name, value) -> {
            escape(name, true, file);
            file.append('=');
            escape(value, false, file);
            file.append('\n');
        });
        return file;
    }

    /** @param everySpace whether every space is escaped: one ends a name; before a value it belongs to the separator */
    static void escape(CharSequence text, boolean everySpace, StringBuilder to) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\t' -> to.append("\\t");
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\f' -> to.append("\\f");
                case '\\', '=', ':', '#', '!' -> to.append('\\').append(c);
                default -> {
                    if (c == ' ' && (everySpace || i == 0)) {
                        to.append("\\ ");
                    } else if (c >= ' ' && c < 0x7f) {
                        to.append(c);
                    } else {
                        to.append("\\u").append(HEX.toHexDigits(c));
                    }
                }
            }
        }
    }
}
