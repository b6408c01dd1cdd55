package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.AgeStore;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM at awkward moments, on the embedded vault. */
final class TermIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final MemoryDirectory memory = new MemoryDirectory();
    private Path volume;

    @BeforeEach
    void prepare() throws Exception {
        volume = memory.create().resolve("volume");
        store().init(new SecureRandom());
        store().put("db", "password", SecretValue.ofUtf8("first-value-1"));
    }

    @AfterEach
    void clean() throws Exception {
        memory.delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "end"})
    void neitherSwapsNorComplainsWhileARedactorIsWaitedFor(String onTerm) throws Exception {
        try (SidecarProcess sidecar = SidecarProcess.run(config(onTerm));
                SocketChannel silent = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            Wait.until("it is published", SOON, () -> Files.exists(volume.resolve("db/password")));
            silent.connect(UnixDomainSocketAddress.of(volume.resolve("..tacet/tacet.sock")));
            silent.write(ByteBuffer.wrap("{\"v\":1,\"type\":\"hello\",\"role\":\"redactor\",\"name\":\"silent\"}\n"
                    .getBytes(StandardCharsets.US_ASCII)));
            silent.read(ByteBuffer.allocate(4096)); // the latest announcement: it is known now
            store().put("db", "password", SecretValue.ofUtf8("second-value-2"));
            silent.read(ByteBuffer.allocate(4096)); // the next
            assertThat(sidecar.terminate()).isZero();
            assertThat(sidecar.log()).doesNotContain("ERROR", "WARN");
            if (onTerm.equals("keep")) {
                assertThat(volume.resolve("db/password")).hasContent("first-value-1");
            } else {
                assertThat(volume).isEmptyDirectory();
            }
        }
    }

    @Test
    void takesNoPartOfAStartForAFailure() throws Exception {
        Path config = config("end");
        for (int attempt = 0; attempt < 8; attempt++) {
            long begin = System.nanoTime();
            Duration delay = Duration.ofMillis(20L * attempt);
            try (SidecarProcess sidecar = SidecarProcess.run(config)) {
                Wait.until("it has opened the volume", SOON, () -> Files.exists(volume.resolve("..tacet/lock")));
                long opened = System.nanoTime();
                Wait.until("a moment", SOON, () -> System.nanoTime() - opened > delay.toNanos());
                assertThat(sidecar.terminate()).isZero();
                assertThat(sidecar.log()).doesNotContain("ERROR", "WARN", "error:");
            }
            assertThat(volume).isEmptyDirectory();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        }
    }

    private AgeStore store() {
        return new AgeStore(directory.resolve("store.age"), directory.resolve("identity"));
    }

    private Path config(String onTerm) throws Exception {
        return Files.writeString(directory.resolve("tacet.yaml"), """
                volume: {path: %s, announce-timeout: 10s}
                age: {file: store.age, identity-file: identity}
                secrets: {db: {path: db, poll: 1s}}
                on-term: %s
                """.formatted(volume, onTerm));
    }
}
