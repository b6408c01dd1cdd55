package dev.tacet.sidecar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.volume.SecretSnapshot;
import dev.tacet.redactor.volume.SecretVolume;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library's side of an application at the sidecar's socket. */
final class ApplicationTest {
    @TempDir
    private Path root;

    private void publish(String generation) throws IOException {
        Path directory = Files.createDirectories(root.resolve(".." + generation).resolve("db"))
                .getParent();
        Files.writeString(directory.resolve("db/password"), "of " + generation);
        Files.writeString(
                directory.resolve("..tacet.json"),
                "{\"v\":1,\"id\":\"" + generation
                        + "\",\"files\":{\"db/password\":{}},\"secrets\":{\"db\":{\"version\":\"7\"}}}");
        Path link = Files.createSymbolicLink(root.resolve("..next"), directory.getFileName());
        Files.move(link, root.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void hearsOfGenerationsAcknowledgesAndRejects() throws Exception {
        Path path = Files.createDirectory(root.resolve("..tacet")).resolve("tacet.sock");
        publish("g1");
        List<SecretSnapshot> seen = new CopyOnWriteArrayList<>();
        try (PodSocket socket =
                        new PodSocket(path, Duration.ofSeconds(2), Set.of(), Thread::new, new CountedRequests());
                // Looks by itself once an hour.
                SecretVolume volume =
                        SecretVolume.of(root).rescan(Duration.ofHours(1)).build()) {
            socket.start();
            volume.onChange(snapshot -> {
                seen.add(snapshot);
                volume.ack(snapshot);
            });
            volume.start();
            // Said again when it has connected.
            Wait.until("the first is acknowledged", Duration.ofSeconds(20), () -> socket.acks() > 0);
            publish("g2");
            socket.published("g2", List.of());
            Wait.until("the second is acknowledged", Duration.ofSeconds(20), () -> socket.acks() > 1);
            assertThat(seen.stream().map(SecretSnapshot::generation)).containsExactly("g1", "g2");
            volume.reject(volume.snapshot(), "db");
            Wait.until("it is rejected", Duration.ofSeconds(20), () -> socket.rejects() == 1);
        }
    }
}
