package dev.tacet.redactor.logback;

import static dev.tacet.redactor.logback.LoggingRun.redacting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.redactor.volume.SampleVolume;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

final class RedactingEncoderTest {
    /** Needs an escape in JSON, and is not ASCII. */
    private static final String CANARY = "caf\u00e9-\"canary\"/7Yk2pQ";

    private static final String PATTERN = "<encoder class=\"ch.qos.logback.classic.encoder.PatternLayoutEncoder\">"
            + "<charset>UTF-8</charset><pattern>%level %X %kvp %msg%n</pattern></encoder>";
    private static final String JSON = "<encoder class=\"ch.qos.logback.classic.encoder.JsonEncoder\">"
            + "<withFormattedMessage>true</withFormattedMessage></encoder>";

    @TempDir
    Path directory;

    private SampleVolume volume;

    @BeforeEach
    void publish() throws IOException {
        volume = new SampleVolume(directory.resolve("volume"));
        volume.writeNeedle("db/password", CANARY);
    }

    /** One way for a value to get into a log. The name says why the row is there. */
    record Leak(String name, Consumer<Logger> statement) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Leak> leaks() {
        return Stream.of(
                new Leak("in the message", log -> log.info("with {}".replace("{}", CANARY))),
                new Leak("as an argument", log -> log.info("with {}", CANARY)),
                new Leak("in an object's text", log -> log.info("with {}", Map.of("k", List.of(CANARY)))),
                new Leak("put together from two arguments", log -> {
                    log.info("with {}{}", CANARY.substring(0, 7), CANARY.substring(7));
                }),
                new Leak("in an exception", log -> log.error("failed", new IllegalStateException("no " + CANARY))),
                new Leak("in a cause", log -> log.error("failed", new IOException(new IOException("no " + CANARY)))),
                new Leak("in a suppressed exception", log -> {
                    Exception outer = new IOException("outer");
                    outer.addSuppressed(new IOException(CANARY));
                    log.error("failed", outer);
                }),
                new Leak(
                        "as a key-value pair",
                        log -> log.atInfo().addKeyValue("k", CANARY).log("pair")));
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void masksInPatternLayout(Leak leak) throws IOException {
        assertMasked(PATTERN, leak.statement());
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void masksInJsonAndLeavesItJson(Leak leak) throws IOException {
        String masked = assertMasked(JSON, leak.statement());
        assertThat(new ObjectMapper().readTree(masked).isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {PATTERN, JSON})
    void masksInTheContextOfTheThread(String encoder) throws IOException {
        try (LoggingRun plain = new LoggingRun(directory, encoder);
                LoggingRun redacting = new LoggingRun(directory, redacting(volume.root(), encoder))) {
            for (LoggingRun run : List.of(plain, redacting)) {
                run.context().getMDCAdapter().put("user", CANARY);
            }
            assertThat(decoded(plain.log(log -> log.info("hi"))).contains(CANARY))
                    .isTrue();
            assertThat(decoded(redacting.log(log -> log.info("hi"))).contains(CANARY))
                    .isFalse();
        } finally {
            MDC.clear();
        }
    }

    @Test
    void masksBase64AndUrlForms() throws IOException {
        String base64 = Base64.getEncoder().encodeToString(("user:" + CANARY + "!").getBytes(UTF_8));
        String url = java.net.URLEncoder.encode(CANARY, UTF_8);
        try (LoggingRun run = new LoggingRun(directory, redacting(volume.root(), PATTERN))) {
            String out = new String(run.log(log -> log.info("{} {}", base64, url)), UTF_8);
            assertThat(out).contains("dXNlcj").contains("[REDACTED:db/password]h [REDACTED:db/password]");
        }
    }

    @Test
    void leavesCleanEventsAsTheyAre() throws IOException {
        Consumer<Logger> statements = log -> {
            log.info("h\u00e9llo {}", 1);
            log.warn("oops");
        };
        try (LoggingRun plain = new LoggingRun(directory, PATTERN);
                LoggingRun redacting = new LoggingRun(directory, redacting(volume.root(), PATTERN))) {
            assertThat(redacting.log(statements)).isEqualTo(plain.log(statements));
        }
    }

    @Test
    void masksHeaderAndFooter() throws IOException {
        String header = "<encoder class=\"dev.tacet.redactor.logback.HeaderEncoder\"><text>" + "secret-header-4711"
                + "</text></encoder>";
        volume.writeNeedle("header", "secret-header-4711");
        LoggingRun plain = new LoggingRun(directory, header);
        LoggingRun redacting = new LoggingRun(directory, redacting(volume.root(), header));
        plain.close();
        redacting.close();
        assertThat(new String(plain.bytes(), UTF_8)).isEqualTo("<secret-header-4711></secret-header-4711>");
        assertThat(new String(redacting.bytes(), UTF_8)).isEqualTo("<[REDACTED:header]></[REDACTED:header]>");
    }

    /** Charsets that spell the value in other bytes, or cannot spell it. */
    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16LE", "US-ASCII", "windows-1252", "IBM037"})
    void masksInOtherCharsets(String charset) throws IOException {
        String encoder = PATTERN.replace("UTF-8", charset);
        String euro = "pass\u20acword-long-0815";
        volume.writeNeedle("euro", euro);
        Charset target = Charset.forName(charset);
        Consumer<Logger> statement = log -> log.info("h\u00e9llo <{}>", euro);
        try (LoggingRun plain = new LoggingRun(directory, encoder);
                LoggingRun redacting = new LoggingRun(directory, redacting(volume.root(), encoder))) {
            String before = new String(plain.log(statement), target);
            String after = new String(redacting.log(statement), target);
            assertThat(before.contains("word-long-0815")).isTrue();
            String spelled = new String(euro.getBytes(target), target);
            assertThat(after.equals(before.replace(spelled, "[REDACTED:euro]"))).isTrue();
        }
    }

    @Test
    void followsARotation() throws IOException {
        try (LoggingRun run = new LoggingRun(directory, redacting(volume.root(), PATTERN))) {
            volume.writeNeedle("db/password", "the-second-value");
            long deadline = System.nanoTime() + 10_000_000_000L;
            String probe = "the-second-value";
            while (System.nanoTime() < deadline
                    && !new String(run.log(log -> log.info(probe)), UTF_8).endsWith("[REDACTED:db/password]\n")) {
                Thread.onSpinWait();
            }
            String out = new String(run.log(log -> log.info("old {} new {}", CANARY, probe)), UTF_8);
            assertThat(out).endsWith("old [REDACTED:db/password] new [REDACTED:db/password]\n");
        }
    }

    private String assertMasked(String encoder, Consumer<Logger> statement) throws IOException {
        try (LoggingRun plain = new LoggingRun(directory, encoder);
                LoggingRun redacting = new LoggingRun(directory, redacting(volume.root(), encoder))) {
            String raw = decoded(plain.log(statement));
            assertThat(raw.contains(CANARY))
                    .as("the plain output holds the value")
                    .isTrue();
            byte[] bytes = redacting.log(statement);
            assertThat(decoded(bytes).contains(CANARY)).isFalse();
            String masked = new String(bytes, UTF_8);
            assertThat(masked).contains("[REDACTED:db/password]");
            assertThat(redacting.complaints()).isEmpty();
            return masked;
        }
    }

    /** With the escapes of JSON undone, which does no harm to the other output here. */
    private static String decoded(byte[] bytes) {
        return new String(bytes, UTF_8).replace("\\\"", "\"").replace("\\/", "/");
    }

    @Test
    void tellsOnceOfAVolumeThatIsNotThere() throws IOException {
        Path missing = directory.resolve("missing");
        try (LoggingRun run = new LoggingRun(directory, redacting(missing, PATTERN))) {
            assertThat(new String(run.log(log -> log.info("hello")), UTF_8)).contains("hello");
            assertThat(run.complaints()).singleElement().asString().contains(missing.toString(), "not there yet");
        }
        assertThat(Files.exists(missing)).isFalse();
    }

    /** Encoders that print a throwable each in its way; the first does it unasked, behind the layout. */
    static Stream<String> throwablePrinters() {
        return Stream.of(
                pattern("%msg%n"),
                pattern("%msg%n%rEx"),
                pattern("%msg%n%xEx{full}"),
                pattern("%msg%n%ex{short}"),
                pattern("%-40.40msg %replace(%ex){'\\n', ' | '}%nopex%n"),
                "<encoder class='net.logstash.logback.encoder.LogstashEncoder'><throwableConverter"
                        + " class='net.logstash.logback.stacktrace.ShortenedThrowableConverter'>"
                        + "<rootCauseFirst>true</rootCauseFirst></throwableConverter></encoder>");
    }

    private static String pattern(String pattern) {
        return "<encoder class='ch.qos.logback.classic.encoder.PatternLayoutEncoder'><pattern>" + pattern
                + "</pattern></encoder>";
    }

    @ParameterizedTest(name = "row 12 [{index}]")
    @MethodSource("throwablePrinters")
    void row12_masksThrowablesHoweverTheyArePrinted(String encoder) throws Exception {
        String secret = "kV3-xyzzy9=plugh7";
        Files.writeString(Files.createDirectory(directory.resolve("secrets")).resolve("key"), secret);
        Consumer<Logger> statement = logger ->
                logger.error("m", new IllegalStateException("outer " + secret, new IOException("inner " + secret)));
        try (LoggingRun plain = new LoggingRun(directory, encoder)) {
            assertThat(new String(plain.log(statement), UTF_8)).contains("outer " + secret);
        }
        try (LoggingRun redacted =
                new LoggingRun(directory, LoggingRun.redacting(directory.resolve("secrets"), encoder))) {
            assertThat(new String(redacted.log(statement), UTF_8))
                    .contains("outer [REDACTED:key]")
                    .doesNotContain("xyzzy9", "plugh7");
            assertThat(redacted.complaints()).isEmpty();
        }
    }
}
