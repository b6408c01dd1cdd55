package dev.tacet.redactor.match;

import static dev.tacet.redactor.match.Matching.redactor;
import static dev.tacet.redactor.match.Matching.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.encoder.JsonEscapeUtil;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.redactor.Redactor;
import java.lang.reflect.Field;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExactMatcherTest {

    /** Values are separated by blanks. */
    @ParameterizedTest
    @CsvSource({
        // a prefix of another: the rest of the longer one must not stay
        "abcdefgh abcdefghijkl, <abcdefghijkl>, <[REDACTED:1]>",
        // a suffix
        "efghijkl abcdefghijkl, <abcdefghijkl>, <[REDACTED:1]>",
        // in the middle
        "cdefghij abcdefghijkl, <abcdefghijkl>, <[REDACTED:1]>",
        // two that overlap become one mask, named by the longer
        "abcdefghi ghijklmnopq, <abcdefghijklmnopq>, <[REDACTED:1]>",
        // two side by side: a gap between masks would show where one ends
        "abcdefgh ijklmnop, <abcdefghijklmnop>, <[REDACTED:0]>",
        // apart
        "abcdefgh ijklmnop, <abcdefgh ijklmnop>, <[REDACTED:0] [REDACTED:1]>",
        // overlaps itself, twice with a shared part
        "ababcabab, <ababcababcabab>, <[REDACTED:0]>",
        // a false start that a matcher without a way back would lose
        "ababc1234, <abababc1234>, <ab[REDACTED:0]>",
        // a long run of one byte
        "aaaaaaaa, <aaaaaaaaaaaaa>, <[REDACTED:0]>",
        // one short of it
        "aaaaaaaa, <aaaaaaa>, <aaaaaaa>",
    })
    void joinsWhatOverlaps(String values, String input, String expected) {
        assertThat(redactor(values.split(" ")).redact(input)).isEqualTo(expected);
    }

    @Test
    void findsEachOfTenThousandValues() {
        Random random = new Random(1);
        byte[][] values = new byte[10_000][];
        for (int i = 0; i < values.length; i++) {
            // A common beginning, as the tokens of one vault have it.
            values[i] = utf8("hvs.CAESI" + Long.toString(random.nextLong(), 36) + Long.toString(random.nextLong(), 36));
        }
        Redactor redactor = redactor(values);
        for (byte[] value : values) {
            String line = "<" + new String(value, java.nio.charset.StandardCharsets.US_ASCII) + ">";
            assertThat(redactor.redact(line).matches("<\\[REDACTED:\\d+]>")).isTrue();
        }
    }

    @Test
    void findsAValueOfAMebibyteInEachForm() {
        byte[] value = new byte[1 << 20];
        new Random(2).nextBytes(value);
        for (int i = 0; i < value.length; i++) {
            value[i] = value[i] == '\n' ? 0 : value[i]; // one line
        }
        Redactor redactor = redactor(value);
        byte[] line = Arrays.copyOf(value, value.length + 100);
        assertThat(redactor.redact(line)).startsWith(utf8("[REDACTED:0]")).hasSize(112);
        assertThat(redactor.redact(java.util.Base64.getEncoder().encode(value))).isEqualTo(utf8("[REDACTED:0]"));
        byte[] cut = Arrays.copyOf(value, value.length - 1);
        assertThat(redactor.redact(cut)).isSameAs(cut);
    }

    @Test
    void findsALargeTextInItsUsualForms() throws Exception {
        String value = "line of \"text\" & / + \u00e9 \ud83d\ude00 number\t".repeat(4000) + "\nand a last line of it";
        Redactor redactor = redactor(value);
        ObjectMapper json = new ObjectMapper();
        for (String form : List.of(
                value,
                value.replace("\n", "\r\n"),
                "and a last line of it",
                json.writeValueAsString(value),
                JsonEscapeUtil.jsonEscapeString(value),
                URLEncoder.encode(value, UTF_8),
                java.util.Base64.getEncoder().encodeToString(utf8("user:" + value)),
                java.util.Base64.getUrlEncoder().encodeToString(utf8(value)))) {
            assertThat(redactor.redact(form).length()).isLessThan(24);
        }
    }

    /** Each place is a near miss or a match of a long value; anything that is not linear takes minutes here. */
    @ParameterizedTest
    @CsvSource({"a, false", "a, true", "ab, false", "ab, true"})
    void staysLinearOnNearMisses(String unit, boolean ends) {
        String run = unit.repeat(8192);
        Redactor redactor = redactor(ends ? run + "Z" : run);
        byte[] input = utf8(unit.repeat(2_000_000));
        byte[] redacted = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> redactor.redact(input));
        assertThat(redacted.length).isEqualTo(ends ? input.length : "[REDACTED:0]".length());
    }

    /** Few letters, so that values contain, overlap and repeat each other. */
    @Provide
    Arbitrary<List<String>> values() {
        return Arbitraries.strings()
                .withChars("ab")
                .ofMinLength(8)
                .ofMaxLength(40)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> inputs() {
        return Arbitraries.strings().withChars("ab\"\\").ofMaxLength(300);
    }

    @Property(tries = 2000)
    void coversExactlyWhatANaiveSearchFinds(@ForAll("values") List<String> values, @ForAll("inputs") String input) {
        MatcherBuilder builder = new MatcherBuilder(new Random(3).nextLong());
        for (int i = 0; i < values.size(); i++) {
            builder.add(i, utf8(values.get(i)), false);
        }
        boolean[] covered = new boolean[input.length()];
        for (Span span : builder.build().find(utf8(input))) {
            Arrays.fill(covered, span.start(), span.end(), true);
        }
        boolean[] expected = new boolean[input.length()];
        for (String value : values) {
            for (int i = input.indexOf(value); i >= 0; i = input.indexOf(value, i + 1)) {
                // An escape that the edges would cut belongs to the mask.
                int start = cutsAnEscape(input, i) ? i - 1 : i;
                Arrays.fill(expected, start, i + value.length(), true);
            }
            cutShort(value, input, expected);
        }
        assertThat(covered).isEqualTo(expected);
    }

    /** The beginning of a value, at least half of it, and eight bytes, before the end or a quote. */
    private static void cutShort(String value, String input, boolean[] expected) {
        int least = Math.max(8, (value.length() + 1) / 2);
        for (int i = 0; i < input.length(); i++) {
            for (int size = value.length() - 1; size >= least; size--) {
                int end = i + size;
                boolean cut = end == input.length() || (end < input.length() && quoteAt(input, end));
                if (cut && input.startsWith(value.substring(0, size), i)) {
                    Arrays.fill(expected, cutsAnEscape(input, i) ? i - 1 : i, end, true);
                }
            }
        }
    }

    /** Also one that is escaped, however often. */
    private static boolean quoteAt(String input, int index) {
        int i = index;
        while (i < input.length() && input.charAt(i) == '\\') {
            i++;
        }
        return i < input.length() && i - index < 8 && input.charAt(i) == '"';
    }

    /** Of JSON's escapes; before an {@code a} a backslash is only a backslash. */
    private static boolean cutsAnEscape(String input, int index) {
        int i = index;
        while (i > 0 && input.charAt(i - 1) == '\\') {
            i--;
        }
        return (index - i) % 2 == 1 && input.charAt(index) != 'a';
    }

    /** So that a dump does not show what a snapshot that waits to be collected knew. */
    @Test
    void keepsNoBytesOfAForm() {
        byte[] value = utf8("kept-under-a-pad-of-random-bytes");
        Form form = new Form(0, value, 0, new Secrets(7));
        for (Field field : Form.class.getDeclaredFields()) {
            if (field.getType() == byte[].class) {
                field.setAccessible(true);
                byte[] kept = fieldValue(field, form);
                assertThat(IntStream.range(0, kept.length).filter(i -> kept[i] == value[i]))
                        .hasSizeLessThan(4);
            }
        }
    }

    private static byte[] fieldValue(Field field, Form form) {
        try {
            return (byte[]) field.get(form);
        } catch (IllegalAccessException closed) {
            throw new AssertionError(closed);
        }
    }
}
