package dev.tacet.examples.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.helpers.BasicMDCAdapter;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** Spring Boot's encoders of structured logs ({@code logging.structured.format.*}) inside the redacting one. */
class StructuredLoggingTest {
    private static final String SECRET = "kT9\"sLqWm/X2vPz7";

    @TempDir
    private Path directory;

    private List<String> log(String encoder) throws Exception {
        Path file = Files.createTempFile(directory, "structured", ".log");
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new BasicMDCAdapter());
        context.putObject(Environment.class.getName(), new StandardEnvironment());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        String xml = "<configuration><appender name='F' class='ch.qos.logback.core.FileAppender'><file>" + file
                + "</file>" + encoder + "</appender><root><appender-ref ref='F'/></root></configuration>";
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(UTF_8)));
        Logger logger = context.getLogger("orders");
        context.getMDCAdapter().put("user", SECRET);
        logger.info("signing in with {}", SECRET);
        logger.atWarn()
                .addKeyValue("credential", SECRET)
                .setCause(new IllegalStateException("refused " + SECRET))
                .log("no");
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .noneMatch(status -> status.getLevel() >= Status.WARN);
        context.stop();
        return Files.readAllLines(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash", "gelf"})
    void masksEachFormatAndKeepsItJson(String format) throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("secrets")).resolve("password"), SECRET);
        String encoder = "<encoder class='org.springframework.boot.logging.logback.StructuredLogEncoder'><format>"
                + format + "</format></encoder>";
        assertThat(String.join("\n", log(encoder)))
                .contains("signing in with kT9\\\"sLqWm", "refused kT9\\\"sLqWm", "\"kT9\\\"sLqWm");

        List<String> redacted = log("<encoder class='dev.tacet.redactor.logback.RedactingEncoder'><volume>"
                + directory.resolve("secrets") + "</volume>" + encoder + "</encoder>");
        assertThat(redacted).hasSize(2);
        for (String line : redacted) {
            assertThat(JsonParserFactory.getJsonParser().parseMap(line)).isNotEmpty();
        }
        assertThat(String.join("\n", redacted))
                .doesNotContain("kT9", "sLqWm", "X2vPz7")
                .contains(
                        "signing in with [REDACTED:password]",
                        "refused [REDACTED:password]",
                        "\"[REDACTED:password]\"");
    }
}
