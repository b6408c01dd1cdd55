package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.Postgres;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that changes under a real {@code tacet run}. */
final class ReloadIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    private Path directory;

    @Test
    void followsAChangedFileWholeOrNotAtAll_row46() throws Exception {
        MemoryDirectory memory = new MemoryDirectory();
        try (Postgres postgres = Postgres.start();
                OpenBao bao = OpenBao.inMemory(directory)) {
            postgres.dynamicRole(bao, "1h", "24h");
            bao.writeKv("secret", "app", Map.of("password", "a-first-value"));
            Path volume = memory.create().resolve("volume");
            Path token = Files.writeString(directory.resolve("token"), bao.rootToken());
            String start = """
                    volume: {path: %s}
                    vault: {address: %s, auth: {token-file: %s}}
                    secrets:
                      db: {engine: dynamic, path: database/creds/app, grace: 1s}
                    """.formatted(volume, bao.address(), token);
            Path config = Files.writeString(directory.resolve("tacet.yaml"), start);
            try (SidecarProcess sidecar = SidecarProcess.run(config)) {
                Wait.until("the first set", SOON, () -> Files.exists(volume.resolve("db/username")));
                String user = Files.readString(volume.resolve("db/username"));

                replace(config, start + "  app: {path: app}\nfiles: {app.properties: {entries: {p: app/password}}}\n");
                Wait.until("the second secret", SOON, () -> Files.exists(volume.resolve("app.properties")));
                assertThat(volume.resolve("app.properties")).hasContent("p=a-first-value");
                assertThat(volume.resolve("db/username"))
                        .as("the lease is kept")
                        .hasContent(user);

                Path template = directory.resolve("app.tmpl");
                replace(
                        config,
                        start + "  app: {path: app}\nfiles: {app.txt: {format: template, template-file: " + template
                                + ", escape: none}, app.properties: {entries: {p: app/password}}}\n");
                Wait.until("it complains", SOON, () -> sidecar.log().contains("is not used: "));
                Files.writeString(template, "one {{app/password}}");
                Wait.until("the template", SOON, () -> Files.exists(volume.resolve("app.txt")));
                replace(template, "another {{app/password}}");
                String filled = "another a-first-value";
                Wait.until(
                        "the changed template",
                        SOON,
                        () -> volume.resolve("app.txt").toFile().length() == filled.length());
                assertThat(volume.resolve("app.txt")).hasContent(filled);

                replace(config, start + "  app: {path: app, pol: 1s}\n");
                hangUp(sidecar);
                hangUp(sidecar);
                Wait.until("it complains", SOON, () -> sidecar.log().contains("app.pol"));
                assertThat(sidecar.log()).contains("is not used: " + config);
                assertThat(volume.resolve("app.properties")).exists();

                replace(
                        config,
                        start.replace(
                                token.toString(), directory.resolve("other").toString()));
                Wait.until(
                        "it says what needs a restart",
                        SOON,
                        () -> sidecar.log().contains("vault has changed, which a running sidecar cannot follow"));
                assertThat(volume.resolve("app.properties")).exists();

                replace(
                        config,
                        start.replace(
                                "db: {engine: dynamic, path: database/creds/app, grace: 1s}", "app: {path: app}"));
                hangUp(sidecar);
                Wait.until("the user is gone", SOON, () -> !Files.exists(volume.resolve("db")));
                Wait.until(
                        "and revoked",
                        SOON,
                        () -> postgres.sql("select count(*) from pg_roles where rolname like 'v-%'")
                                .equals("0"));
                assertThat(sidecar.terminate()).isZero();
            }
        } finally {
            memory.delete();
        }
    }

    /** As an editor does, or the kubelet: another file takes its place. */
    private void replace(Path file, String content) throws IOException {
        Path next = Files.writeString(directory.resolve("next.yaml"), content);
        Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static void hangUp(SidecarProcess sidecar) {
        Command.output("kill", "-HUP", Long.toString(sidecar.pid()));
    }
}
