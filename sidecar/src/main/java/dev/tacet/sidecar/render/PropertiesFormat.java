package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The format of {@link java.util.Properties#load(java.io.InputStream)}.
 *
 * <p>Only printable ASCII is written, all else as {@code \}{@code uXXXX}, so that a reader that takes the file for
 * ISO-8859-1 and one that takes it for UTF-8 read the same. Same entries, same bytes: no date, no comment.
 */
final class PropertiesFormat {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds one line. */
    void add(String name, CharSequence value) {
        write(name, true);
        bytes.write('=');
        write(value, false);
        bytes.write('\n');
    }

    /** The lines so far. */
    SecretValue content() {
        return SecretValue.of(bytes.toByteArray());
    }

    /** The value as text, if it is UTF-8. Not a string: nothing must come to intern or print it. */
    static Optional<CharSequence> text(SecretValue value) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.reveal())));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void write(CharSequence text, boolean isName) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\t' -> escape('t');
                case '\n' -> escape('n');
                case '\r' -> escape('r');
                case '\f' -> escape('f');
                case '\\', '=', ':', '#', '!' -> escape(c);
                default -> {
                    if (c == ' ' && (isName || i == 0)) {
                        // A space ends a name, and before a value it belongs to the separator.
                        escape(c);
                    } else if (c >= ' ' && c < 0x7f) {
                        bytes.write(c);
                    } else {
                        escape('u');
                        bytes.writeBytes(HEX.toHexDigits(c).getBytes(StandardCharsets.US_ASCII));
                    }
                }
            }
        }
    }

    private void escape(char c) {
        bytes.write('\\');
        bytes.write(c);
    }
}
