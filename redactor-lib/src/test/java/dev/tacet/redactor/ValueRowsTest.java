package dev.tacet.redactor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows 42, 43, 47 to 50, 52 and 53 of the leak vectors: what values may be like. */
final class ValueRowsTest {

    private static Redactor redactor(String... values) {
        Redactor.Builder builder = Redactor.builder();
        for (int i = 0; i < values.length; i++) {
            builder.secret(Integer.toString(i), SecretValue.ofUtf8(values[i]));
        }
        return builder.build();
    }

    @Test
    void row42_aFormThatIsTooShortIsDroppedAlone() {
        Redactor four = Redactor.builder()
                .needle(new Needle("pin", "", SecretValue.ofUtf8("4711"), Sensitivity.ALWAYS))
                .build();
        assertThat(four.redact("pin 4711")).isEqualTo("pin [REDACTED:pin]");
        assertThat(four.redact("NDcxMQ== and 34373131")).isEqualTo("NDcxMQ== and 34373131");
        assertThat(four.ignored()).isEmpty();
        assertThat(redactor("4711").ignored()).containsExactly("0");
    }

    @ParameterizedTest(name = "row 42: {index}")
    @ValueSource(strings = {"\n\n\n\n\n\n\n\"", "a\n\n\n\n\n\n\n\n\nb", "\u00e9\u00e9\u00e9\u00e9"})
    void row42_aValueThatIsShortWithoutItsLineBreaksOrInAnotherCharset(String value) {
        Redactor redactor = redactor(value);
        assertThat(redactor.redact("x " + value + " y")).isEqualTo("x [REDACTED:0] y");
        byte[] latin = "x \" ab \u00e9\u00e9\u00e9\u00e9 y".getBytes(ISO_8859_1);
        assertThat(redactor.redact(latin)).isSameAs(latin);
    }

    @Test
    void row43_aKeyInAllTheShapesItIsPrintedIn() {
        String first = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
        String second = "VJTUt9Us8cKjMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNb";
        String key = "-----BEGIN PRIVATE KEY-----\n" + first + "\n" + second + "\nQYCO\n-----END PRIVATE KEY-----\n";
        Redactor redactor = redactor(key);
        for (String printed : List.of(
                key,
                key.replace("\n", "\r\n"),
                key.replace("\n", "\\n"),
                key.replace("\n", " "),
                key.replace("\n", ""),
                key.replace("\n", "\u2424"),
                "\"" + key.replace("\n", "\\n") + "\"")) {
            assertThat(redactor.redact("key: " + printed + " end")).matches("(?s)key: \"?\\[REDACTED:0][^A-Z]* end");
        }
        assertThat(redactor.redact("    " + first + "\n")).isEqualTo("    [REDACTED:0]\n");
        assertThat(redactor.redact("> " + second)).isEqualTo("> [REDACTED:0]");
        for (String structure : List.of("-----BEGIN PRIVATE KEY-----", "{", "},", "QYCO")) {
            assertThat(redactor.redact(structure)).isSameAs(structure);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$1.*[a-z]+\\d(?:x)",
                "\\\\\\\\\\\\\\\\",
                "a\u0000b\u0000c\u0000d\u0000",
                "\ud83d\ude00\ud83d\ude00\ud83d\ude00",
                "%s %d %n %%",
                "^.*$^.*$",
                "\"'`;--DROP"
            })
    void row47_valuesAreNoPatterns(String value) {
        Redactor redactor = redactor(value);
        assertThat(redactor.redact("a " + value + " b")).isEqualTo("a [REDACTED:0] b");
        assertThat(redactor.redact("nothing $1 .* \\d %s")).isEqualTo("nothing $1 .* \\d %s");
    }

    @ParameterizedTest
    @CsvSource({
        "abcdefgh,     abcdefgh12345678, x abcdefgh12345678 y, x [REDACTED:1] y", // a prefix
        "12345678,     abcdefgh12345678, x abcdefgh12345678 y, x [REDACTED:1] y", // a suffix
        "defgh123,     abcdefgh12345678, x abcdefgh12345678 y, x [REDACTED:1] y", // inside
        "abcdefgh1234, efgh12345678,     x abcdefgh12345678 y, x [REDACTED:0] y", // overlapping
        "abcdefgh,     12345678,         x abcdefgh12345678 y, x [REDACTED:0] y", // adjacent
        "abcdefgh,     abcdefgh,         x abcdefgh y,         x [REDACTED:0] y", // equal
        "abcdefgh,     12345678,         x abcdefgh.12345678 y, x [REDACTED:0].[REDACTED:1] y",
    })
    void row48_twoValuesLeaveNoRest(String first, String second, String text, String expected) {
        assertThat(redactor(first, second).redact(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"ababc12-, x abababc12- y", "aabaabaaab, x aabaabaabaaab y", "-----BEGIN, x ---------BEGIN y"})
    void row49_aValueThatOverlapsItselfIsFoundAtEverySplit(String value, String text) {
        Redactor redactor = redactor(value);
        assertThat(redactor.redact(text)).contains("[REDACTED:0] y").doesNotContain(value);
        byte[] bytes = text.getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Part first = redactor.part(Arrays.copyOf(bytes, cut), 0, false, finding -> {});
            Part second = redactor.part(bytes, first.end(), true, finding -> {});
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(first.out());
            out.writeBytes(second.out());
            assertThat(out.toString(UTF_8)).isEqualTo(redactor.redact(text));
        }
    }

    @Test
    void row50_aValueInsideTheMaskMakesNoLoop() {
        for (String value : List.of("REDACTED", "[REDACTED:0]", "REDACTED:0")) {
            assertThat(redactor(value).redact("a " + value + " b")).isEqualTo("a [REDACTED:0] b");
        }
        // A mask between two halves is no new secret: nothing is looked at twice.
        assertThat(redactor("12345678", "left[REDACTED:0]right").redact("left12345678right"))
                .isEqualTo("left[REDACTED:0]right");
    }

    @Test
    void row52_aMebibyteOfTextAndOfBytes() {
        Random random = new Random(4);
        byte[] binary = new byte[1 << 20];
        random.nextBytes(binary);
        String text = random.ints(1 << 20, 'A', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Redactor redactor = Redactor.builder()
                .secret("binary", SecretValue.of(binary))
                .secret("text", SecretValue.ofUtf8(text))
                .build();
        assertThat(new String(redactor.redact(binary), ISO_8859_1)).isEqualTo("[REDACTED:binary]");
        assertThat(redactor.redact(text)).isEqualTo("[REDACTED:text]");
        assertThat(redactor.redact(Base64.getEncoder().encodeToString(binary))).isEqualTo("[REDACTED:binary]");
        assertThat(redactor.redact(Base64.getMimeEncoder().encodeToString(binary)))
                .isEqualTo("[REDACTED:binary]");
        assertThat(redactor.redact(HexFormat.of().formatHex(binary))).isEqualTo("[REDACTED:binary]");
    }

    @Test
    void row53_tenThousandValues() {
        Redactor.Builder builder = Redactor.builder();
        for (int i = 0; i < 10_000; i++) {
            builder.secret(
                    "lease/" + i,
                    SecretValue.ofUtf8("hvs.CAESI" + Long.toString(i * 7_919_000_001L + 1L, 36) + "-" + i));
        }
        Redactor redactor = builder.build();
        for (int i = 0; i < 10_000; i += 97) {
            String value = "hvs.CAESI" + Long.toString(i * 7_919_000_001L + 1L, 36) + "-" + i;
            assertThat(redactor.redact("x " + value + " y")).isEqualTo("x [REDACTED:lease/" + i + "] y");
        }
        assertThat(redactor.redact("hvs.CAESI is how they all begin")).isEqualTo("hvs.CAESI is how they all begin");
    }
}
