package dev.tacet.redactor.stream;

import static dev.tacet.redactor.stream.Pieces.everyByte;
import static dev.tacet.redactor.stream.Pieces.redactor;
import static dev.tacet.redactor.stream.Pieces.send;
import static dev.tacet.redactor.stream.Pieces.shows;
import static dev.tacet.redactor.stream.Pieces.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.redactor.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows 60 and 63 to 68 of the leak vectors: streams. */
final class StreamRowsTest {
    private static final String S = "kV3-xyzzy\"9/plugh=7";
    private static final String KEY =
            "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\nggSjAgEAAoIBAQC7VJTU\n-----END KEY-----";
    private static final List<String> VALUES = List.of(S, KEY, "ababc12-ababd", "ababd-ababc12", "123456789012");

    static Stream<String> texts() {
        String json = S.replace("\"", "\\\"");
        Base64.Encoder base64 = Base64.getEncoder();
        return Stream.of(
                "plain " + S + " text\n",
                S, // all of it, without a line end
                S + S, // adjacent: one mask
                "user:" + base64.encodeToString(("user:" + S).getBytes(UTF_8)) + " x\n",
                base64.encodeToString(base64.encode(S.getBytes(UTF_8))) + "\n",
                text(Base64.getMimeEncoder()
                                .encode(("a long beginning of a message that wraps " + S + S).getBytes(UTF_8)))
                        + "\n",
                "{\"a\":\"" + json + "\",\"pin\":123456789012,\"b\":[123456789012]}\n{\"open\":\"" + json + "\"",
                "{\"a\":\"{\\\"b\\\":\\\"" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "\\\"}\"}\n",
                "[sudo] password for me: " + S + "\n[1/3] " + S,
                "q=" + URLEncoder.encode(S, UTF_8) + "&r=1\n",
                HexFormat.of().formatHex(S.getBytes(UTF_8)) + "\n",
                HexFormat.ofDelimiter(":").formatHex(S.getBytes(UTF_8)) + ", done\n",
                Arrays.toString(S.getBytes(UTF_8)) + "\n",
                "before\n" + KEY + "\nafter\n",
                "key: " + KEY.replace("\n", "\\n") + "\n",
                KEY.replace("\n", "\r\n    ") + "\n",
                "x ababc12-ababc12-ababd-ababc12 y\n", // overlapping, self-overlapping (row 49)
                "\u001b[1m" + S.substring(0, 7) + "\u001b[0m" + S.substring(7) + "\u001b[0m\n",
                "cut short: " + S.substring(0, 14) + "\nand at the end: " + S.substring(0, 12),
                "nothing here\nnor there: 12345 %41 \\u0041 &lt; abc",
                "\\\\\\" + S + "\\\\\n");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void row63_comesOutTheSameHoweverItIsCut(String text) {
        Redactor redactor = redactor(VALUES.toArray(String[]::new));
        byte[] bytes = text.getBytes(UTF_8);
        byte[] whole = send(() -> redactor, bytes);
        assertThat(text(send(() -> redactor, bytes, everyByte(bytes)))).isEqualTo(text(whole));
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(text(send(() -> redactor, bytes, cut))).isEqualTo(text(whole));
        }
    }

    @Test
    void row63_holdsAValueBackThatIsCutWithinAnEscapedCharacterOfTwoUnits() {
        Redactor redactor = redactor("9bba06a1\ud83d\ude00");
        byte[] json = "<\"9bba06a1\\ud83d\\ude00\">".getBytes(UTF_8);
        for (int cut = 0; cut <= json.length; cut++) {
            assertThat(text(send(() -> redactor, json, cut))).isEqualTo("<\"[REDACTED:0]\">");
        }
    }

    @Property(tries = 300)
    void row63_comesOutTheSameWithManyCuts(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        Redactor redactor = redactor(VALUES.toArray(String[]::new));
        List<String> all = texts().toList();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            text.append(all.get(random.nextInt(all.size())));
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        int[] cuts =
                random.ints(random.nextInt(12), 0, bytes.length + 1).sorted().toArray();
        assertThat(text(send(() -> redactor, bytes, cuts))).isEqualTo(text(send(() -> redactor, bytes)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void row63_neverLetsAByteOfAValueOut(String text) throws IOException {
        Redactor redactor = redactor(VALUES.toArray(String[]::new));
        String around = "[REDACTED:0] " + text.replace(S, "");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RedactingOutputStream redacting = new RedactingOutputStream(out, () -> redactor)) {
            for (byte b : text.getBytes(UTF_8)) {
                redacting.write(b);
                redacting.flush();
                assertThat(shows(text(out.toByteArray()), List.of(S), around)).isFalse();
            }
        }
    }

    @Test
    void row60_aRotationReachesWhatWaits() throws IOException {
        AtomicReference<Redactor> redactor = new AtomicReference<>(redactor(S));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RedactingOutputStream redacting = new RedactingOutputStream(out, redactor::get)) {
            redacting.write(("old " + S.substring(0, 10)).getBytes(UTF_8));
            redacting.flush();
            redactor.set(redactor(S, "new-value-4711", S.substring(4) + " new-v")); // the old one is retained
            redacting.write((S.substring(10) + " new-v").getBytes(UTF_8));
            redacting.flush();
            redacting.write("alue-4711 end\n".getBytes(UTF_8));
        }
        assertThat(text(out.toByteArray())).matches("old \\[REDACTED:\\d] end\n");
    }

    @Test
    void row64_aPromptGoesOutWithoutALineEnd() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RedactingOutputStream redacting = new RedactingOutputStream(out, () -> redactor(VALUES.toArray(String[]::new)));
        for (String prompt : List.of("Password: ", "[sudo] password for me: ", "Continue? [y/N] ", "mysql> ", "$ ")) {
            out.reset();
            redacting.write(prompt.getBytes(UTF_8));
            redacting.flush();
            assertThat(text(out.toByteArray())).isEqualTo(prompt);
        }
    }

    @Test
    void row65_whatWaitsIsMaskedAtTheEndWhenItIsLongEnough() {
        Redactor redactor = redactor(S);
        assertThat(text(send(() -> redactor, ("a " + S.substring(0, 7)).getBytes(UTF_8))))
                .isEqualTo("a " + S.substring(0, 7));
        for (int length = 10; length < S.length(); length++) {
            assertThat(text(send(() -> redactor, ("a " + S.substring(0, length)).getBytes(UTF_8))))
                    .isEqualTo("a [REDACTED:0]");
        }
    }

    @Test
    void row65_timeReleasesNothing() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RedactingOutputStream redacting = new RedactingOutputStream(out, () -> redactor(S));
        redacting.write(("a " + S.substring(0, 12)).getBytes(UTF_8));
        for (int i = 0; i < 100; i++) {
            redacting.flush(); // what a timer would do
        }
        assertThat(text(out.toByteArray())).isEqualTo("a ");
    }

    @Test
    void row66_aLineWithoutAnEndTakesBoundedMemory() throws IOException {
        long[] count = new long[1];
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int b) {
                count[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                count[0] += length;
            }
        };
        Redactor redactor = redactor(VALUES.toArray(String[]::new));
        byte[] chunk = "no secret and no line end, ".repeat(40_000).getBytes(UTF_8);
        try (RedactingOutputStream redacting = new RedactingOutputStream(counting, () -> redactor)) {
            for (int i = 0; i < 64; i++) {
                redacting.write(chunk, 0, chunk.length);
                assertThat((i + 1L) * chunk.length - count[0]).isLessThan(128 * 1024);
            }
            assertThat(redacting.placeholders()).isZero();
        }
        assertThat(count[0]).isEqualTo(64L * chunk.length);
    }

    @Test
    void row66_aMatchMayLieOverAnyOfTheCutsInALongLine() {
        Redactor redactor = redactor(S);
        for (int before = 65_500; before < 65_560; before++) {
            byte[] text = (".".repeat(before) + S + ".".repeat(70_000)).getBytes(UTF_8);
            assertThat(text(send(() -> redactor, text)))
                    .isEqualTo(".".repeat(before) + "[REDACTED:0]" + ".".repeat(70_000));
        }
    }

    @Test
    void row67_bytesThatAreNoTextPassAsTheyAre() {
        Redactor redactor = redactor(S);
        Random random = new Random(3);
        byte[] noise = new byte[300_000];
        random.nextBytes(noise);
        assertThat(send(() -> redactor, noise)).isEqualTo(noise);
        byte[] mixed = ("\u0000\u00ff\u00fe\u0080 " + S + "\u0000\u00c3").getBytes(ISO_8859_1);
        assertThat(new String(send(() -> redactor, mixed, 3, 9), ISO_8859_1))
                .isEqualTo("\u0000\u00ff\u00fe\u0080 [REDACTED:0]\u0000\u00c3");
    }

    @Test
    void row68_twoStreamsKnowNothingOfEachOther() {
        Redactor redactor = redactor(S);
        // Documented: a value of which one half goes to either is not found.
        assertThat(text(send(() -> redactor, S.substring(0, 8).getBytes(UTF_8))))
                .isEqualTo(S.substring(0, 8));
        assertThat(text(send(() -> redactor, S.substring(8).getBytes(UTF_8)))).isEqualTo(S.substring(8));
    }

    @Test
    void whatTheStreamBehindThrowsIsThrown() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        };
        RedactingOutputStream redacting = new RedactingOutputStream(broken, () -> redactor(S));
        assertThatThrownBy(() -> redacting.write("a line\n".getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
    }

    @Test
    void failsClosed() {
        for (Throwable failure :
                List.of(new IllegalStateException(S), new StackOverflowError(), new OutOfMemoryError())) {
            List<Throwable> once = new ArrayList<>(List.of(failure));
            Redactor redactor = redactor(S);
            byte[] text = ("first " + S + "\nsecond\n").getBytes(UTF_8);
            String out = text(send(() -> once.isEmpty() ? redactor : thrown(once.remove(0)), text, 10, 32));
            // What follows the lost beginning in its line might be the rest of a secret.
            assertThat(out).isEqualTo("[REDACTION-ERROR]\nsecond\n");
        }
    }

    private static Redactor thrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
