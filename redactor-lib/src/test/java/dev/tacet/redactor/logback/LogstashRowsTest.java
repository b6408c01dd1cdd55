package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows 6 and 9 of the leak vectors: what logstash-logback-encoder makes of structured arguments and of its markers. */
final class LogstashRowsTest {
    // Without what JSON escapes, so that the plain output can be searched for it.
    private static final String S = "kV3-xyzzy.9_plugh=7";
    private static final String RAW = "{\"deep\":[\"" + S + "\"]}";
    private static final String ENCODER = "<encoder class=\"net.logstash.logback.encoder.LogstashEncoder\"/>";

    @TempDir
    private Path directory;

    /** Something that Jackson takes apart. */
    record Account(String user, String password) {}

    static Stream<Arguments> rows() {
        return Stream.of(
                row(6, "kv", log -> log.info("{}", StructuredArguments.kv("k", S))),
                row(6, "key", log -> log.info("{}", StructuredArguments.kv(S, "v"))),
                row(6, "entries", log -> log.info("m", StructuredArguments.entries(Map.of("k", S)))),
                row(6, "fields", log -> log.info("m", StructuredArguments.fields(new Account("app", S)))),
                row(6, "an object", log -> log.info("m", StructuredArguments.kv("k", new Account("app", S)))),
                row(6, "array", log -> log.info("m", StructuredArguments.array("k", "x", S))),
                row(6, "raw", log -> log.info("m", StructuredArguments.raw("k", RAW))),
                row(9, "append", log -> log.info(Markers.append("k", S), "m")),
                row(9, "appendEntries", log -> log.info(Markers.appendEntries(Map.of("k", S)), "m")),
                row(9, "appendFields", log -> log.info(Markers.appendFields(new Account("app", S)), "m")),
                row(9, "appendArray", log -> log.info(Markers.appendArray("k", "x", S), "m")),
                row(9, "appendRaw", log -> log.info(Markers.appendRaw("k", RAW), "m")),
                row(9, "two markers", log -> log.info(Markers.append("a", 1).and(Markers.append("k", S)), "m")));
    }

    private static Arguments row(int number, String place, Consumer<Logger> log) {
        return Arguments.of(number, place, log);
    }

    @ParameterizedTest(name = "row {0}: {1}")
    @MethodSource("rows")
    void row6_row9_logstashEncoderWritesMaskedJson(int row, String place, Consumer<Logger> log) throws IOException {
        try (LoggingRun plain = new LoggingRun(directory, ENCODER)) {
            assertThat(holdsIt(plain.log(log))).as("plain output holds it").isTrue();
        }
        Path volume = Files.createDirectory(directory.resolve("volume"));
        Files.writeString(volume.resolve("password"), S);
        try (LoggingRun run = new LoggingRun(directory, LoggingRun.redacting(volume, ENCODER))) {
            byte[] line = run.log(log);
            assertThat(holdsIt(line)).as("redacted output holds it").isFalse();
            assertThat(new String(line, UTF_8)).contains("[REDACTED:password]");
            assertThat(new ObjectMapper().readTree(line).isObject()).isTrue();
        }
    }

    private static boolean holdsIt(byte[] bytes) {
        return new String(bytes, UTF_8).contains(S);
    }
}
