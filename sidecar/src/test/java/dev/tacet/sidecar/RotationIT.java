package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/**
 * The join of the two halves: an application logs whatever its secret file holds at that moment, while the secret is
 * rotated in a real OpenBao. A line that the redactor wrote before it knew the new value would show it.
 */
final class RotationIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ROTATIONS = 5;

    @TempDir
    Path directory;

    private final MemoryDirectory memory = new MemoryDirectory();
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void clean() throws IOException {
        over.set(true);
        memory.delete();
    }

    @Test
    void aNewVersionReachesTheFileAndNoLineEverShowsTheOldOrTheNewValue() throws Exception {
        Path volume = memory.create().resolve("volume");
        Path plain = directory.resolve("plain.log");
        Path redacted = directory.resolve("redacted.log");
        try (OpenBao bao = OpenBao.inMemory(directory)) {
            bao.allowReading("app", "secret/data/*");
            Files.writeString(directory.resolve("token"), bao.token("app"));
            Path config = Files.writeString(
                    directory.resolve("tacet.yaml"),
                    "volume: {path: " + volume + "}\nvault: {address: '" + bao.address()
                            + "', auth: {token-file: token}}\nsecrets: {db: {path: db, poll: 1s}}\n");
            bao.writeKv("secret", "db", Map.of("password", value(0)));
            try (SidecarProcess sidecar = SidecarProcess.run(config)) {
                await(volume, value(0), sidecar);
                LoggerContext context = logback(volume, plain, redacted);
                Thread application = new Thread(() -> logWhatTheFileHolds(volume, context.getLogger("app")));
                application.start();
                awaitLogged(plain, value(0));
                for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                    bao.writeKv("secret", "db", Map.of("password", value(rotation)));
                    await(volume, value(rotation), sidecar);
                    awaitLogged(plain, value(rotation));
                }
                over.set(true);
                application.join();
                context.stop();
            }
        }
        String before = Files.readString(plain);
        String after = Files.readString(redacted);
        for (int rotation = 0; rotation <= ROTATIONS; rotation++) {
            for (String form : forms(value(rotation))) {
                assertThat(before.contains(form))
                        .as("the plain log shows version " + rotation)
                        .isTrue();
                assertThat(after.contains(form))
                        .as("the redacted log shows version " + rotation)
                        .isFalse();
            }
        }
        List<String> lines = after.lines().toList();
        assertThat(lines)
                .hasSameSizeAs(before.lines().toList())
                .allMatch(line -> line.contains("[REDACTED:db/password]"));
        System.out.printf("%d rotations, %d lines, every one masked%n", ROTATIONS, lines.size());
    }

    private static String value(int rotation) {
        return "value-of-rotation-" + rotation + "-Zq4";
    }

    private static List<String> forms(String value) {
        return List.of(value, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }

    private void logWhatTheFileHolds(Path volume, Logger logger) {
        while (!over.get()) {
            try {
                String value = Files.readString(volume.resolve("db/password"));
                logger.info("{} {}", value, forms(value).get(1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            LockSupport.parkNanos(100_000);
        }
    }

    private static void await(Path volume, String value, SidecarProcess sidecar) {
        Wait.until("the file holds the new value", SOON, () -> {
            assertThat(sidecar.isAlive()).as(sidecar::log).isTrue();
            try {
                return Files.readString(volume.resolve("db/password")).equals(value);
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static void awaitLogged(Path log, String value) {
        Wait.until("the application has logged the value", SOON, () -> {
            try {
                return Files.readString(log).contains(value);
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static LoggerContext logback(Path volume, Path plain, Path redacted) throws Exception {
        String xml = """
                <configuration>
                  <appender name="plain" class="ch.qos.logback.core.FileAppender">
                    <file>%s</file>
                    <encoder><pattern>%%msg%%n</pattern></encoder>
                  </appender>
                  <appender name="redacted" class="ch.qos.logback.core.FileAppender">
                    <file>%s</file>
                    <encoder class="dev.tacet.redactor.logback.RedactingEncoder">
                      <volume>%s</volume>
                      <encoder class="ch.qos.logback.classic.encoder.PatternLayoutEncoder"><pattern>%%msg%%n</pattern></encoder>
                    </encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="plain"/><appender-ref ref="redacted"/></root>
                </configuration>
                """.formatted(plain, redacted, volume);
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator joran = new JoranConfigurator();
        joran.setContext(context);
        joran.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        return context;
    }
}
