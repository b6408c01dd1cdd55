package dev.tacet.redactor.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson is the oracle: what it accepts and what it reads. */
final class JsonReaderTest {
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,-2.5e+3,0,true,false,null,\"x\\u00e9\\n\\/\"]}",
                " [ ] ",
                "{}",
                "\"\\ud83d\\ude00\"",
                "1e5",
                "-0",
                // and what is none
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "01",
                "1.",
                ".5",
                "+1",
                "-",
                "1e",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a",
                "\"\u0001\"",
                "[1 2]",
                "{\"a\" 1}",
                "nul",
                "nulll",
                "truefalse",
                "{\"a\":1,\"a\":2}",
                "[1]]",
                "[1] x",
                "'a'",
                "\"\\u\u0661\u0661\u0661\u0661\"",
                "/* */ 1",
                "NaN",
            })
    void readsWhatJacksonReads(String text) {
        assertThat(ours(text)).isEqualTo(jacksons(text));
    }

    @Provide
    Arbitrary<String> nearlyJson() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"a\"",
                        "\"\\u0041\"",
                        "\"",
                        "\\",
                        "1",
                        "0",
                        "-",
                        ".",
                        "e",
                        "true",
                        "null",
                        " ")
                .list()
                .ofMaxSize(9)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 5000)
    void readsWhatJacksonReadsByChance(@ForAll("nearlyJson") String text) {
        assertThat(ours(text)).isEqualTo(jacksons(text));
    }

    @Property(tries = 500)
    void readsAnyTextThatJacksonWrites(@ForAll String text) throws IOException, BrokenException {
        String clean = new String(text.getBytes(UTF_8), UTF_8);
        assertThat(JsonReader.read(JACKSON.writeValueAsBytes(clean))).isEqualTo(new Json.Text(clean));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void refusesWhatIsTooDeep(String level) {
        assertThat(ours(level.repeat(100_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000e2147483647", "1e99999999999"})
    void refusesNumbersOutOfRange(String number) {
        assertThat(ours(number)).isEmpty();
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> JsonReader.read(new byte[] {'"', (byte) 0xc3, '"'})))
                .isInstanceOf(BrokenException.class);
    }

    @Test
    void printsNoText() throws BrokenException {
        Json read = JsonReader.read("{\"a\":[\"canary\"]}".getBytes(UTF_8));
        assertThat(read.toString().contains("canary")).isFalse();
        assertThat(((Json.Obj) read).members().toString().contains("canary")).isFalse();
    }

    private static Optional<Json> ours(String text) {
        try {
            return Optional.of(JsonReader.read(text.getBytes(UTF_8)));
        } catch (BrokenException broken) {
            return Optional.empty();
        }
    }

    private static Optional<Json> jacksons(String text) {
        try {
            JsonNode node = JACKSON.readTree(text.getBytes(UTF_8));
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(converted(node));
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    private static Json converted(JsonNode node) {
        if (node.isObject()) {
            var members = new java.util.HashMap<String, Json>();
            node.properties().forEach(field -> members.put(field.getKey(), converted(field.getValue())));
            return new Json.Obj(members);
        }
        if (node.isArray()) {
            var items = new java.util.ArrayList<Json>();
            node.elements().forEachRemaining(item -> items.add(converted(item)));
            return new Json.Arr(items);
        }
        if (node.isNumber()) {
            return new Json.Num(new BigDecimal(node.asText()));
        }
        if (node.isBoolean()) {
            return new Json.Bool(node.booleanValue());
        }
        return node.isNull() ? new Json.Null() : new Json.Text(node.textValue());
    }
}
