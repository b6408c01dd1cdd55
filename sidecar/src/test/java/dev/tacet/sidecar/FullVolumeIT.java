package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.Requires;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume with too little room: 16 pages of memory, of which a generation here takes four. */
final class FullVolumeIT {
    private static final Duration SOON = Duration.ofSeconds(25);

    @TempDir
    Path directory;

    private final MemoryDirectory memory = new MemoryDirectory();
    private Path volume;

    @BeforeEach
    void mount() throws IOException {
        Requires.that("root".equals(System.getProperty("user.name")), "only root mounts a tmpfs of its own");
        volume = memory.create();
        Command.output("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", volume.toString());
        store("", "init");
    }

    @AfterEach
    void unmount() throws IOException {
        if (volume != null) {
            Command.output("umount", volume.toString());
        }
        memory.delete();
    }

    @Test
    void makesRoomByItselfWhenOldGenerationsAreOver() throws IOException {
        put("a");
        try (SidecarProcess sidecar = SidecarProcess.run(config())) {
            awaitFirst("a");
            put("b");
            awaitFirst("b");
            put("c");
            Wait.until("it is too much", SOON, () -> sidecar.log().contains("No space left on device"));
            assertThat(first()).isEqualTo("b");
            awaitFirst("c");
        }
    }

    private void put(String letter) throws IOException {
        store(letter.repeat(9000), "put", "db/password");
    }

    private void awaitFirst(String letter) {
        Wait.until("the new value is published", SOON, () -> first().equals(letter));
    }

    private String first() {
        try {
            return Files.readString(volume.resolve("db/password")).substring(0, 1);
        } catch (IOException e) {
            return "";
        }
    }

    private void store(String input, String action, String... rest) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tacet.sidecar.cli.Main",
                "store",
                action,
                "--file",
                directory.resolve("store.age").toString(),
                "--identity",
                directory.resolve("identity").toString()));
        command.addAll(List.of(rest));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("store.log").toFile())
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        assertThat(process.exitValue()).isZero();
    }

    private Path config() throws IOException {
        return Files.writeString(directory.resolve("tacet.yaml"), """
                volume: {path: %s, retain: 1s, keep-for: 6s}
                age: {file: store.age, identity-file: identity}
                secrets: {db: {path: db, poll: 1s}}
                """.formatted(volume));
    }
}
