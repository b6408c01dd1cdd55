package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.AgeStore;
import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.Requires;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
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
    void mount() throws Exception {
        Requires.that("root".equals(System.getProperty("user.name")), "only root mounts a tmpfs of its own");
        volume = memory.create();
        Command.output("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", volume.toString());
        store().init(new SecureRandom());
    }

    @AfterEach
    void unmount() throws Exception {
        if (volume != null) {
            Command.output("umount", volume.toString());
        }
        memory.delete();
    }

    @Test
    void makesRoomByItselfWhenOldGenerationsAreOver_row10() throws Exception {
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

    private void put(String letter) throws Exception {
        store().put("db", "password", SecretValue.ofUtf8(letter.repeat(9000)));
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

    private AgeStore store() {
        return new AgeStore(directory.resolve("store.age"), directory.resolve("identity"));
    }

    private Path config() throws Exception {
        return Files.writeString(directory.resolve("tacet.yaml"), """
                volume: {path: %s, retain: 1s, keep-for: 6s}
                age: {file: store.age, identity-file: identity}
                secrets: {db: {path: db, poll: 1s}}
                """.formatted(volume));
    }
}
