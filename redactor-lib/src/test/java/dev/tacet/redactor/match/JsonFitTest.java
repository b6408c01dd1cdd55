package dev.tacet.redactor.match;

import static dev.tacet.redactor.match.Matching.redactor;
import static dev.tacet.redactor.match.Matching.survives;
import static dev.tacet.redactor.match.Matching.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFitTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // a number, whole
                "12345678 | {\"pin\":12345678} | {\"pin\":\"[REDACTED:0]\"}",
                // and when the value is part of it
                "12345678 | {\"pin\":-9912345678.5e3,\"a\":1} | {\"pin\":\"[REDACTED:0]\",\"a\":1}",
                "12345678 | [12345678, 1, 12345678] | [\"[REDACTED:0]\", 1, \"[REDACTED:0]\"]",
                // in a string it needs no quotes
                "12345678 | {\"pin\":\"a12345678\"} | {\"pin\":\"a[REDACTED:0]\"}",
                // an object as a value
                "{\"a\":\"bcdef\"} | {\"cfg\":{\"a\":\"bcdef\"},\"b\":2} | {\"cfg\":\"[REDACTED:0]\",\"b\":2}",
                // a value that has its own quotes
                "\"abcdefgh\" | {\"k\":\"abcdefgh\",\"b\":2} | {\"k\":\"[REDACTED:0]\",\"b\":2}",
                // and one that is a name
                "\"abcdefgh\" | {\"abcdefgh\":1} | {\"[REDACTED:0]\":1}",
                // over several values: what is around them
                "1,\"b\":2,\"c | {\"x\":{\"a\":1,\"b\":2,\"c\":3},\"y\":4} | {\"x\":\"[REDACTED:0]\",\"y\":4}",
                "bcdefgh\",\"i | {\"a\":\"abcdefgh\",\"ij\":1} | \"[REDACTED:0]\"",
                // the end of an escape is no beginning of a value: no lone backslash may stay
                "n0tSecret99 | {\"k\":\"a\\n0tSecret99\"} | {\"k\":\"a[REDACTED:0]\"}",
                // nor half of a code
                "e9secret99 | {\"k\":\"a\\u00e9secret99\"} | {\"k\":\"a[REDACTED:0]\"}",
                // an escaped backslash is none
                "n0tSecret99 | {\"k\":\"a\\\\n0tSecret99\"} | {\"k\":\"a\\\\[REDACTED:0]\"}",
                // at the other end: the closing quote must stay one
                "secret99\\ | {\"k\":\"secret99\\\\\"} | {\"k\":\"[REDACTED:0]\"}",
                "secret99\\ | {\"k\":\"secret99\\nx\"} | {\"k\":\"[REDACTED:0]x\"}",
                "secret99\\ | {\"k\":\"secret99\\u00e9x\"} | {\"k\":\"[REDACTED:0]x\"}",
                // looks like JSON and is none
                "12345678 | [main] got 12345678 in [x] | [main] got [REDACTED:0] in [x]",
                "12345678 | {pin=12345678} | {pin=[REDACTED:0]}",
            })
    void fits(String value, String input, String expected) {
        assertThat(redactor(value).redact(input)).isEqualTo(expected);
    }

    /** A value that ends in a backslash takes along what it escapes, but no line break and no half of a character. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u00e9", " ", "C"})
    void leavesWhatNoBackslashEscapes(String next) {
        assertThat(redactor("secret99\\").redact("got secret99\\" + next)).isEqualTo("got [REDACTED:0]" + next);
    }

    @Test
    void treatsEachLineByItself() {
        assertThat(redactor("12345678").redact("{\"a\":12345678}\ngot 12345678\n{\"b\":[12345678]}\n"))
                .isEqualTo("{\"a\":\"[REDACTED:0]\"}\ngot [REDACTED:0]\n{\"b\":[\"[REDACTED:0]\"]}\n");
    }

    @Test
    void readsADocumentOverSeveralLines() {
        assertThat(redactor("12345678").redact("{\n  \"a\" : 12345678\n}\n"))
                .isEqualTo("{\n  \"a\" : \"[REDACTED:0]\"\n}\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1001, 100_000})
    void survivesDepth(int depth) {
        String input = "[".repeat(depth) + "12345678" + "]".repeat(depth);
        assertThat(redactor("12345678").redact(input)).contains("[REDACTED:0]").doesNotContain("12345678");
    }

    @Provide
    Arbitrary<String> values() {
        // Half a surrogate pair is no text, and next to the other half becomes another one.
        Arbitrary<String> any = Arbitraries.strings()
                .all()
                .ofMinLength(8)
                .ofMaxLength(20)
                .filter(value -> UTF_8.newEncoder().canEncode(value));
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("nu0e9\\\"ab").ofMinLength(8).ofMaxLength(20),
                Arbitraries.strings().numeric().ofMinLength(8).ofMaxLength(12),
                Arbitraries.of(
                        "{\"a\":1,\"b\":[true]}",
                        "\"quoted\"",
                        "secret99\",\"b",
                        "1,\"b\":2,",
                        "true,false",
                        "[[[[[]]]]]"),
                // Line breaks at the end are no part of what is looked for.
                any.filter(value -> value.replaceAll("[\r\n]+$", "").length() >= 8));
    }

    /** Documents in which the value stands whole, in a text, as a name, as a number, and by chance. */
    @Provide
    Arbitrary<JsonNode> documents() {
        return Arbitraries.of(1).flatMap(ignored -> tree(3));
    }

    private static Arbitrary<JsonNode> tree(int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Arbitrary<String> texts =
                Arbitraries.strings().withChars("@nu0e9\\\"ab\u00e9").ofMaxLength(6);
        Arbitrary<JsonNode> leaves = Arbitraries.oneOf(
                texts.map(nodes::textNode),
                Arbitraries.longs().map(nodes::numberNode),
                Arbitraries.of(nodes.booleanNode(true), nodes.nullNode(), nodes.textNode("@"), nodes.textNode("#")));
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<JsonNode> below = Arbitraries.lazy(() -> tree(depth - 1));
        Arbitrary<JsonNode> arrays =
                below.list().ofMaxSize(3).map(items -> nodes.arrayNode().addAll(items));
        Arbitrary<JsonNode> objects = Combinators.combine(
                        texts.list().ofSize(3), below.list().ofSize(3))
                .as((names, items) -> {
                    var object = nodes.objectNode();
                    for (int i = 0; i < 3; i++) {
                        object.set(names.get(i), items.get(i));
                    }
                    return object;
                });
        return Arbitraries.oneOf(objects, arrays);
    }

    @Property(tries = 3000)
    void keepsJsonJson(@ForAll("documents") JsonNode document, @ForAll("values") String value, @ForAll boolean pretty)
            throws IOException {
        ObjectMapper writer = pretty ? JSON.copy().enable(SerializationFeature.INDENT_OUTPUT) : JSON;
        String json = planted(writer, document, value);
        byte[] redacted = redactor(value).redact(utf8(json));
        JsonNode parsed = JSON.readTree(redacted);
        assertThat(parsed).isNotNull();
        // The value stood in texts as a whole; so none of it may be left in any, once decoded.
        List<byte[]> around = List.of(utf8("[REDACTED:0]"), utf8(planted(JSON, document, "")));
        for (String text : texts(parsed)) {
            assertThat(survives(utf8(value), utf8(text), around)).isFalse();
        }
    }

    /** Each {@code @} becomes the value; each text that is only {@code #} becomes it as a number if it is one. */
    private static String planted(ObjectMapper writer, JsonNode document, String value) throws JsonProcessingException {
        String quoted = JSON.writeValueAsString(value);
        String json = writer.writeValueAsString(document).replace("@", quoted.substring(1, quoted.length() - 1));
        return json.replace("\"#\"", value.matches("[1-9][0-9]+") ? value : "0");
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new java.util.ArrayList<>();
        if (node.isValueNode()) {
            texts.add(node.asText());
        }
        node.fieldNames().forEachRemaining(texts::add);
        node.elements().forEachRemaining(child -> texts.addAll(texts(child)));
        return texts;
    }
}
