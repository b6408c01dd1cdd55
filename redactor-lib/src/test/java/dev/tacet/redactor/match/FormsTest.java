package dev.tacet.redactor.match;

import static dev.tacet.redactor.match.Matching.redactor;
import static dev.tacet.redactor.match.Matching.survives;
import static dev.tacet.redactor.match.Matching.utf8;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.encoder.JsonEscapeUtil;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tacet.redactor.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FormsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper ASCII_JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final ObjectMapper SLASH_JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES).build();

    /** Encoders that are not ours. */
    enum Encoding {
        JACKSON(text -> json(JSON, text)),
        JACKSON_ASCII(text -> json(ASCII_JSON, text)),
        JACKSON_SLASH(text -> json(SLASH_JSON, text)),
        JACKSON_TWICE(text -> json(JSON, json(JSON, text))),
        JACKSON_ASCII_TWICE(text -> json(JSON, json(ASCII_JSON, text))),
        JACKSON_BYTES(FormsTest::jsonBytes),
        JACKSON_BYTES_TWICE(text -> jsonBytes(jsonBytes(text))),
        JACKSON_IN_BYTES(text -> jsonBytes(json(JSON, text))),
        JACKSON_IN_ASCII(text -> json(ASCII_JSON, json(JSON, text))),
        LOGBACK(JsonEscapeUtil::jsonEscapeString),
        JACKSON_IN_LOGBACK(text -> JsonEscapeUtil.jsonEscapeString(json(JSON, text))),
        URL_ENCODER(text -> URLEncoder.encode(text, UTF_8)),
        URL_ENCODER_BLANKS(text -> URLEncoder.encode(text, UTF_8).replace("+", "%20")),
        BASE64(text -> Base64.getEncoder().encodeToString(utf8(text))),
        BASE64_BARE(text -> Base64.getEncoder().withoutPadding().encodeToString(utf8(text))),
        BASE64_URL(text -> Base64.getUrlEncoder().encodeToString(utf8(text))),
        BASE64_AFTER_ONE(text -> Base64.getEncoder().encodeToString(utf8(":" + text + "\n"))),
        BASE64_AFTER_TWO(text -> Base64.getEncoder().encodeToString(utf8("u:" + text + "}"))),
        BASE64_IN_URL(text -> URLEncoder.encode(Base64.getEncoder().encodeToString(utf8("a:" + text)), UTF_8)),
        BASE64_IN_JSON(text -> json(SLASH_JSON, Base64.getEncoder().encodeToString(utf8("a:" + text))));

        @SuppressWarnings("ImmutableEnumChecker") // no encoder here keeps state
        private final UnaryOperator<String> encoder;

        Encoding(UnaryOperator<String> encoder) {
            this.encoder = encoder;
        }
    }

    private static String json(ObjectMapper mapper, String text) {
        try {
            String quoted = mapper.writeValueAsString(text);
            return quoted.substring(1, quoted.length() - 1);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Into bytes Jackson escapes what it leaves alone in a string: an emoji. */
    private static String jsonBytes(String text) {
        try {
            byte[] quoted = JSON.writeValueAsBytes(text);
            return new String(quoted, 1, quoted.length - 2, UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> chars = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.chars().alpha().numeric().map(String::valueOf)),
                net.jqwik.api.Tuple.of(
                        3,
                        Arbitraries.of("\"\\/%<>&='+ ?#:;,!*()~\t\r\n\u0001\u007f"
                                .chars()
                                .mapToObj(Character::toString)
                                .toList())),
                net.jqwik.api.Tuple.of(1, Arbitraries.of("\u00e9", "\u20ac", "\u2028", "\u4e2d", "\ud83d\ude00")));
        // What comes last is no line break: those are not looked for.
        return chars.list().ofMinSize(8).ofMaxSize(80).map(list -> String.join("", list) + "z");
    }

    @Property(tries = 3000)
    void leavesNothingOfAnEncodedValue(@ForAll("texts") String text, @ForAll Encoding encoding) {
        String encoded = encoding.encoder.apply(text);
        Redactor redactor = redactor(text);
        for (String line : List.of(encoded, "<" + encoded + ">", "k=" + encoded + "&x=1")) {
            byte[] redacted = redactor.redact(utf8(line));
            assertThat(survives(utf8(encoded), redacted, List.of(utf8("[REDACTED:0]"))))
                    .as("%s, %d characters", encoding, text.length())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void masksWholeToken(Encoding encoding) {
        String text = "caf\u00e9 \ud83d\ude00 \"7Yk2pQ\"/\\<n\u00f6w>~~??";
        String redacted = redactor(text).redact("< " + encoding.encoder.apply(text) + " >");
        assertThat(redacted).matches("< (%3A|[A-Za-z0-9]{0,2})?\\[REDACTED:0][A-Za-z0-9=%]{0,6} >");
    }

    /** What others write and none of the encoders above does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Go's encoding/json
                "a<b>c&d'e=f/g | a\\u003cb\\u003ec\\u0026d'e=f/g",
                // Gson
                "a<b>c&d'e=f/g | a\\u003cb\\u003ec\\u0026d\\u0027e\\u003df/g",
                // PHP with JSON_HEX_TAG and JSON_HEX_AMP
                "a<b>c&d'e=f/g | a\\u003Cb\\u003Ec\\u0026d'e=f\\/g",
                // Python
                "caf\u00e9-secret | caf\\u00e9-secret",
                // Gson around JavaScript
                "a\"<b>c&d'e=f | a\\\\\\\"\\u003cb\\u003ec\\u0026d\\u0027e\\u003df",
                // Python's quote
                "it's/a (secret)! | it%27s/a%20%28secret%29%21",
                // JavaScript's encodeURIComponent
                "it's (a) secret! | it's%20(a)%20secret!",
                // and encodeURI
                "a&b=c;d secret | a&b=c;d%20secret",
                // lower-case percent
                "caf\u00e9/secret | caf%c3%a9%2fsecret",
            })
    void masksOtherSpellings(String value, String spelled) {
        assertThat(redactor(value).redact("<" + spelled + ">")).isEqualTo("<[REDACTED:0]>");
    }

    @Test
    void masksWhatTheBase64CommandMakes() throws IOException, InterruptedException {
        Random random = new Random(4);
        List<byte[]> values = new ArrayList<>();
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        for (int i = 0; i < 60; i++) {
            byte[] value = new byte[8 + random.nextInt(60)];
            random.nextBytes(value);
            // Letters, digits and a few others; all of them through one shell.
            for (int j = 0; j < value.length; j++) {
                value[j] = (byte) "abcdefghijABCDEFGHIJ0123456789+/=?~ ".charAt(value[j] & 31);
            }
            values.add(value);
            String before = "xyz".substring(0, i % 3);
            script.write(utf8("printf %s '" + before + new String(value, ISO_8859_1) + "' | base64 -w0; echo\n"));
        }
        Process shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
        try (OutputStream in = shell.getOutputStream()) {
            in.write(script.toByteArray());
        }
        String[] lines = new String(shell.getInputStream().readAllBytes(), UTF_8).split("\n");
        assertThat(shell.waitFor()).isZero();
        assertThat(lines).hasSize(values.size());
        for (int i = 0; i < lines.length; i++) {
            assertThat(redactor(values.get(i)).redact(lines[i])).matches("[A-Za-z0-9+/]{0,2}\\[REDACTED:0]");
        }
    }

    @Test
    void masksAKeyWholeAndLineByLine() {
        String body =
                "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\nVJTUt9Us8cKjMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3S";
        String key = "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        Redactor redactor = redactor(key);
        assertThat(redactor.redact("key: " + key)).isEqualTo("key: [REDACTED:0]\n");
        assertThat(redactor.redact("key: " + key.replace("\n", "\r\n"))).isEqualTo("key: [REDACTED:0]\r\n");
        assertThat(redactor.redact("{\"key\":\"" + json(JSON, key) + "\"}")).isEqualTo("{\"key\":\"[REDACTED:0]\\n\"}");
        assertThat(redactor.redact(key.replace("\n", "\n    ")))
                .isEqualTo("-----BEGIN PRIVATE KEY-----\n    [REDACTED:0]\n    [REDACTED:0]\n"
                        + "    -----END PRIVATE KEY-----\n    ");
        String boundary = "-----BEGIN PRIVATE KEY-----";
        assertThat(redactor.redact(boundary)).isSameAs(boundary);
    }

    /** Structure is no secret: such lines would become masks all over the log. */
    @Test
    void masksNoLinesOfStructure() {
        Redactor redactor = redactor(
                "{\n  \"user\": {\n                    },\n----------------------\n  \"a-long-enough-name\": 1\n}");
        for (String line : List.of("{", "},", "                    },", "----------------------")) {
            assertThat(redactor.redact(line)).isSameAs(line);
        }
        assertThat(redactor.redact("\"a-long-enough-name\": 1")).isEqualTo("[REDACTED:0]");
    }

    @Test
    void dropsFormsThatAreTooShortOneByOne() {
        MatcherBuilder builder = new MatcherBuilder(5);
        assertThat(builder.add(0, utf8("1234"), true)).isTrue();
        Matcher matcher = builder.build();
        assertThat(matcher.find(utf8("<1234>"))).hasSize(1);
        // "1234" in base64: its core is four or five characters.
        assertThat(matcher.find(utf8("<MTIzNA==>"))).isEmpty();
    }

    @Test
    void givesFewFormsOfAPlainValue() {
        List<String> forms = new ArrayList<>();
        Forms.of(
                utf8("OnlyLettersAnd1"),
                Floors.ORDINARY,
                false,
                (bytes, cuttable) -> forms.add(new String(bytes, ISO_8859_1)));
        // Itself and twice in UTF-16; views see the rest.
        assertThat(forms).hasSize(3).doesNotHaveDuplicates();
    }
}
