package dev.tacet.sidecar.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class PropertiesFormatTest {

    @Property
    void givesBackAnyTextToReadersOfEitherCharset(@ForAll Map<String, String> entries) {
        byte[] file = format(entries);
        // One reader takes the bytes for ISO-8859-1, the other for UTF-8.
        assertThat(load(file)).isEqualTo(entries);
        assertThat(loadUtf8(file)).isEqualTo(entries);
    }

    @Property
    void writesPrintableAsciiOnly(@ForAll Map<String, String> entries) {
        assertThat(format(entries)).satisfies(file -> {
            for (byte b : file) {
                assertThat(b == '\n' || (b >= ' ' && b < 0x7f)).isTrue();
            }
        });
    }

    @Example
    void givesBackWhatTheFormatTreatsSpecially() {
        List<String> special = List.of(
                // trimmed, or taken for the separator
                " a",
                "a ",
                "  ",
                "\ta",
                "\fa",
                "a b",
                "=a",
                ":a",
                "a=b",
                "a:b",
                // comments
                "#a",
                "!a",
                // continuation lines and escapes
                "a\\",
                "\\",
                "a\\\nb",
                "\\u0041",
                "a\r\nb",
                "\n",
                "\r",
                // beyond ASCII, and beyond the basic plane
                "größe",
                "\u0085",
                "\u2028",
                "🔑",
                "\0",
                "\u007f");
        for (String text : special) {
            assertThat(load(format(Map.of(text, text)))).isEqualTo(Map.of(text, text));
        }
    }

    @Example
    void writesInTheOrderGivenAndNothingElse() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("spring.datasource.username", "app user");
        entries.put("a", "ü=1");
        assertThat(format(entries)).asString().isEqualTo("""
                spring.datasource.username=app user
                a=\\u00FC\\=1
                """);
    }

    private static byte[] format(Map<String, String> entries) {
        return PropertiesFormat.write(new LinkedHashMap<>(entries)).toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Map<Object, Object> load(byte[] file) {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static Map<Object, Object> loadUtf8(byte[] file) {
        Properties properties = new Properties();
        try {
            properties.load(new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
