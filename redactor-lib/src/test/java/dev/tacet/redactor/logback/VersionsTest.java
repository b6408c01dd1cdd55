package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.tacet.redactor.Redactor;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The redactor with the oldest and newest versions of what stands around it; the build puts these into {@code target/versions}. */
final class VersionsTest {
    private static final String S = "kT9\"sLqWm/X2vPz7";

    private static final String PATTERN = "<encoder class='ch.qos.logback.classic.encoder.PatternLayoutEncoder'>"
            + "<pattern>%msg %X %kvp %marker %ex%n</pattern></encoder>";
    private static final String JSON = "<encoder class='ch.qos.logback.classic.encoder.JsonEncoder'/>";
    private static final String LOGSTASH = "<encoder class='net.logstash.logback.encoder.LogstashEncoder'/>";

    @TempDir
    private Path directory;

    static Stream<Path> versions() throws IOException {
        try (Stream<Path> all = Files.list(place(Redactor.class).resolveSibling("versions"))) {
            return all.sorted().toList().stream();
        }
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private String run(Path jars, String xml) throws Exception {
        Path config = Files.writeString(directory.resolve("logback.xml"), xml);
        Stream<Path> ours =
                Stream.of(Redactor.class, AnyVersion.class, Pattern.class).map(VersionsTest::place);
        try (Stream<Path> theirs = Files.list(jars)) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dlogback.configurationFile=" + config,
                            "-cp",
                            Stream.concat(ours, theirs)
                                    .map(Path::toString)
                                    .collect(Collectors.joining(File.pathSeparator)),
                            AnyVersion.class.getName(),
                            S)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor())
                    .as("exit code; it wrote %s", output.replace(S, "S"))
                    .isZero();
            return output;
        }
    }

    private static String configuration(List<String> encoders, boolean redacted, String volume) {
        StringBuilder xml = new StringBuilder("<configuration>");
        StringBuilder references = new StringBuilder();
        for (int i = 0; i < encoders.size(); i++) {
            String encoder = redacted
                    ? "<encoder class='dev.tacet.redactor.logback.RedactingEncoder'>" + volume + encoders.get(i)
                            + "</encoder>"
                    : encoders.get(i);
            xml.append("<appender name='C" + i + "' class='ch.qos.logback.core.ConsoleAppender'>" + encoder
                    + "</appender>");
            references.append("<appender-ref ref='C" + i + "'/>");
        }
        xml.append("<appender name='READER' class='" + AnyVersion.class.getName() + "$Reader'/>");
        if (redacted) {
            xml.append("<appender name='SAFE' class='dev.tacet.redactor.logback.RedactingAppender'>" + volume
                    + "<appender-ref ref='READER'/></appender>");
        }
        references.append(redacted ? "<appender-ref ref='SAFE'/>" : "<appender-ref ref='READER'/>");
        return xml + "<root>" + references + "</root></configuration>";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void masksEverywhereAndLosesNothing(Path jars) throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("secrets")).resolve("password"), S);
        boolean logstash = jars.getFileName().toString().startsWith("logstash");
        List<String> encoders = logstash ? List.of(PATTERN, JSON, LOGSTASH) : List.of(PATTERN, JSON);

        String plain = run(jars, configuration(encoders, false, ""));
        // Versions differ in whether they escape the slash.
        assertThat(plain).contains("message " + S, "message kT9\\\"sLqWm", "read message " + S, "inner " + S);

        String redacted =
                run(jars, configuration(encoders, true, "<volume>" + directory.resolve("secrets") + "</volume>"));
        assertThat(redacted)
                .doesNotContain("kT9", "sLqWm", "X2vPz7")
                .contains("message [REDACTED:password]", "inner [REDACTED:password]", "read argument {} argument ")
                .contains("m-[REDACTED:password]")
                .doesNotContain("REDACTION-ERROR", "ERROR in", "WARN in");
        assertThat(redacted.lines().count()).isEqualTo(plain.lines().count());
    }
}
