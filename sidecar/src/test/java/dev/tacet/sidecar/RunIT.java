package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.CountingProxy;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole sidecar as a process, against a real OpenBao. */
final class RunIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String CANARY = "canary-4fJq9XzW2m";

    @TempDir
    static Path server;

    private static OpenBao bao;
    private static String token;

    @TempDir
    Path directory;

    private final MemoryDirectory memory = new MemoryDirectory();
    private Path volume;

    @BeforeAll
    static void start() {
        bao = OpenBao.onDisk(server);
        bao.allowReading("run", "secret/data/*");
        token = bao.token("run");
    }

    @AfterAll
    static void stop() {
        bao.close();
    }

    @BeforeEach
    void volume() throws IOException {
        volume = memory.create().resolve("volume");
    }

    @AfterEach
    void clean() throws IOException {
        memory.delete();
    }

    @Test
    void stopsWithinTwoSecondsAndLeavesTheVolume() throws IOException {
        bao.writeKv("secret", "stop", Map.of("password", CANARY));
        try (SidecarProcess sidecar =
                SidecarProcess.run(config("keep", bao.address().toString(), "stop"))) {
            awaitContent("db/password", CANARY);
            long begin = System.nanoTime();
            assertThat(sidecar.terminate()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(volume.resolve("db/password")).hasContent(CANARY);
    }

    @Test
    void wipesTheVolumeOnTermWhereThatIsAsked() throws IOException {
        bao.writeKv("secret", "wipe", Map.of("password", CANARY));
        try (SidecarProcess sidecar =
                SidecarProcess.run(config("end", bao.address().toString(), "wipe"))) {
            awaitContent("db/password", CANARY);
            assertThat(sidecar.terminate()).isZero();
        }
        assertThat(volume).isEmptyDirectory();
    }

    @Test
    void stopsWithinTwoSecondsWhileTheVaultHangs_row55() throws IOException {
        try (ServerSocket hole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SidecarProcess sidecar =
                        SidecarProcess.run(config("end", "http://127.0.0.1:" + hole.getLocalPort(), "any"))) {
            hole.accept();
            long begin = System.nanoTime();
            assertThat(sidecar.terminate()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(volume).isEmptyDirectory();
    }

    @Test
    void touchesNothingOnARestartWhenNothingChanged() throws IOException {
        bao.writeKv("secret", "same", Map.of("password", CANARY));
        Path config = config("keep", bao.address().toString(), "same");
        try (SidecarProcess sidecar = SidecarProcess.run(config)) {
            awaitContent("db/password", CANARY);
            sidecar.kill();
        }
        Path generation = volume.resolve("..data").toRealPath();
        FileTime swapped = Files.getLastModifiedTime(volume.resolve("..data"), LinkOption.NOFOLLOW_LINKS);
        FileTime needles = Files.getLastModifiedTime(volume.resolve("..tacet/needles.json"));
        try (SidecarProcess sidecar = SidecarProcess.run(config)) {
            Wait.until(
                    "the restarted sidecar has read", SOON, () -> sidecar.log().contains("is up to date"));
            assertThat(sidecar.terminate()).isZero();
        }
        assertThat(volume.resolve("..data").toRealPath()).isEqualTo(generation);
        assertThat(Files.getLastModifiedTime(volume.resolve("..data"), LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(swapped);
        assertThat(Files.getLastModifiedTime(volume.resolve("..tacet/needles.json")))
                .isEqualTo(needles);
    }

    @Test
    void readsEachPathOnceAPollAndTouchesNothingMeanwhile_row24() throws Exception {
        bao.writeKv("secret", "count", Map.of("password", CANARY));
        bao.writeKv("secret", "count1", Map.of("password", CANARY));
        try (CountingProxy proxy = new CountingProxy(bao.address());
                SidecarProcess sidecar =
                        SidecarProcess.run(config("keep", proxy.address().toString(), "count", "count1"))) {
            awaitContent("db1/password", CANARY);
            FileTime swapped = Files.getLastModifiedTime(volume.resolve("..data"), LinkOption.NOFOLLOW_LINKS);
            FileTime needles = Files.getLastModifiedTime(volume.resolve("..tacet/needles.json"));
            int before = proxy.count("GET /v1/secret/data/count");
            long begin = System.nanoTime();
            Wait.until("five polls", SOON, () -> proxy.count("GET /v1/secret/data/count") >= before + 5);
            // Five polls of a second, each give or take a tenth, the first anywhere in it.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(3_500));
            assertThat(proxy.requests())
                    .containsOnlyKeys(
                            "GET /v1/secret/data/count",
                            "GET /v1/secret/data/count1",
                            "GET /v1/auth/token/lookup-self");
            assertThat(proxy.count("GET /v1/auth/token/lookup-self")).isEqualTo(1);
            assertThat(Files.getLastModifiedTime(volume.resolve("..data"), LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(swapped);
            assertThat(Files.getLastModifiedTime(volume.resolve("..tacet/needles.json")))
                    .isEqualTo(needles);
            assertThat(sidecar.terminate()).isZero();
        }
    }

    @Test
    void servesTheLastSetWhileTheVaultIsAwayAndCatchesUp() throws IOException {
        bao.writeKv("secret", "away", Map.of("password", CANARY));
        Path config = config("keep", bao.address().toString(), "away");
        try (SidecarProcess sidecar = SidecarProcess.run(config)) {
            awaitContent("db/password", CANARY);
            bao.seal();
            Wait.until("the sidecar notices", SOON, () -> sidecar.log().contains("sealed"));
            assertThat(volume.resolve("db/password")).hasContent(CANARY);
            sidecar.kill();
        }
        try (SidecarProcess sidecar = SidecarProcess.run(config)) {
            // A restart while the vault is away publishes nothing, breaks nothing, and stays.
            Wait.until("the restarted sidecar tries", SOON, () -> sidecar.log().split("sealed").length > 2);
            assertThat(sidecar.isAlive()).isTrue();
            assertThat(volume.resolve("db/password")).hasContent(CANARY);
            bao.unseal();
            bao.writeKv("secret", "away", Map.of("password", CANARY + "-2"));
            awaitContent("db/password", CANARY + "-2");
        } finally {
            bao.unseal();
        }
    }

    @Test
    void goesOnWithTheOthersWhenOneSecretBreaks() throws IOException {
        bao.writeKv("secret", "one", Map.of("password", CANARY));
        bao.writeKv("secret", "two", Map.of("password", CANARY));
        try (SidecarProcess sidecar =
                SidecarProcess.run(config("keep", bao.address().toString(), "one", "two"))) {
            awaitContent("db/password", CANARY);
            awaitContent("db1/password", CANARY);
            bao.writeKv("secret", "one", Map.of("password", ""));
            Wait.until("the sidecar complains", SOON, () -> sidecar.log().contains("db/password is empty"));
            bao.writeKv("secret", "two", Map.of("password", CANARY + "-2"));
            awaitContent("db1/password", CANARY + "-2");
            assertThat(volume.resolve("db/password")).hasContent(CANARY);
            assertThat(volume.resolve("..data/..tacet.json")).content().contains("stale-since");
        }
    }

    @Test
    void neverLogsWhatItHolds() throws IOException {
        bao.writeKv("secret", "silent", Map.of("password", CANARY, "../" + CANARY, "x"));
        Path config = config("keep", bao.address().toString(), "silent");
        try (SidecarProcess sidecar = SidecarProcess.run(config)) {
            // The key's name is the canary: it comes to the log, and must be masked there as the value that it is too.
            Wait.until("the sidecar complains", SOON, () -> sidecar.log().contains("cannot be a file"));
            bao.writeKv("secret", "silent", Map.of("password", CANARY));
            awaitContent("db/password", CANARY);
            Wait.until("the sidecar reports", SOON, () -> sidecar.log().contains("published generation"));
            sidecar.terminate();
            assertThat(sidecar.log().contains(token))
                    .as("the token is in the log")
                    .isFalse();
            assertThat(sidecar.log().contains(CANARY))
                    .as("a value is in the log")
                    .isFalse();
        }
    }

    @Test
    void givesTheRightModesUnderAUmaskThatTakesThemAway() throws IOException {
        bao.writeKv("secret", "umask", Map.of("password", CANARY));
        try (SidecarProcess sidecar =
                SidecarProcess.runWithUmask("077", config("keep", bao.address().toString(), "umask"))) {
            awaitContent("db/password", CANARY);
            assertThat(mode("..data/db/password")).isEqualTo(0440);
            assertThat(mode("..data/db")).isEqualTo(02750);
            assertThat(mode("..tacet/needles.json")).isEqualTo(0440);
            assertThat(mode("..tacet/tacet.sock")).isEqualTo(0660);
            assertThat(mode("..tacet")).isEqualTo(02750);
            assertThat(sidecar.terminate()).isZero();
        }
    }

    private int mode(String path) throws IOException {
        return (int) Files.getAttribute(volume.resolve(path), "unix:mode") & 07777;
    }

    private void awaitContent(String file, String content) {
        Wait.until(file + " has the new content", SOON, () -> {
            try {
                return Files.readString(volume.resolve(file)).equals(content);
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** A configuration of secrets db, db1, … polled each second. */
    private Path config(String onTerm, String address, String... paths) throws IOException {
        Path tokenFile = directory.resolve("token");
        Files.writeString(tokenFile, token);
        StringBuilder text = new StringBuilder()
                .append("volume: {path: " + volume + "}\n")
                .append("vault: {address: '" + address + "', auth: {token-file: token}}\n")
                .append("on-term: " + onTerm + "\n")
                .append("secrets:\n");
        for (int i = 0; i < paths.length; i++) {
            text.append("  db" + (i == 0 ? "" : i) + ": {path: " + paths[i] + ", poll: 1s}\n");
        }
        return Files.writeString(directory.resolve("tacet.yaml"), text, StandardCharsets.UTF_8);
    }
}
