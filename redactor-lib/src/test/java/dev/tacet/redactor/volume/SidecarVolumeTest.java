package dev.tacet.redactor.volume;

import static dev.tacet.redactor.volume.VolumeWatching.eventually;
import static dev.tacet.redactor.volume.VolumeWatching.masks;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.Finding;
import dev.tacet.redactor.Leak;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SidecarVolumeTest {
    private static final String FIRST = "first-value-0815";
    private static final String SECOND = "second-value-4711";

    @TempDir
    Path directory;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private SampleVolume volume;
    private SecretVolumeWatcher watcher;

    @BeforeEach
    void publish() throws IOException {
        volume = new SampleVolume(directory.resolve("v"));
        volume.writeNeedle("db/password", FIRST);
    }

    @AfterEach
    void stop() {
        watcher.close();
    }

    /** Told of nothing by the file system, and looking by itself once an hour: what it learns, it learns by the socket. */
    private static final class NoChanges implements Changes {
        @Override
        public void await(Set<Path> directories, Duration atMost) throws InterruptedException {
            Thread.sleep(atMost.toMillis());
        }

        @Override
        public void close() {}
    }

    /** A file system that fails at every wait. */
    private static final class BrokenChanges implements Changes {
        @Override
        public void await(Set<Path> directories, Duration atMost) throws IOException {
            throw new IOException("User limit of inotify instances reached");
        }

        @Override
        public void close() {}
    }

    private SecretVolumeWatcher.Builder settings(Duration rescan) {
        return SecretVolumeWatcher.of(List.of(volume.root()))
                .name("app \"1\"")
                .rescan(rescan)
                .listener(warnings::add);
    }

    private void watch(Duration rescan, Changes changes) {
        watcher = new SecretVolumeWatcher(settings(rescan), changes);
        watcher.start();
    }

    /** The sidecar's end of the socket. */
    private final class Sidecar implements AutoCloseable {
        private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        private SocketChannel peer;
        private BufferedReader lines;

        Sidecar() throws IOException {
            Path socket = volume.control().resolve(VolumeLayout.SOCKET);
            Files.deleteIfExists(socket);
            server.bind(UnixDomainSocketAddress.of(socket));
        }

        String accept() throws IOException {
            peer = server.accept();
            lines = new BufferedReader(Channels.newReader(peer, UTF_8));
            return lines.readLine();
        }

        void send(String line) throws IOException {
            peer.write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)));
        }

        String announce(String generation) throws IOException {
            send("{\"type\":\"announce\",\"generation\":\"" + generation + "\",\"later\":1}");
            return lines.readLine();
        }

        /** Bytes that the peer has not read when it closes become a reset instead of an end. */
        boolean isHungUpOn() {
            try {
                return lines.readLine() == null;
            } catch (IOException reset) {
                return true;
            }
        }

        void hangUp() throws IOException {
            peer.close();
        }

        @Override
        public void close() throws IOException {
            server.close();
            if (peer != null) {
                peer.close();
            }
        }
    }

    @Test
    void reportsLeaksOfTheVolumesSecretsToItsSidecar() throws Exception {
        List<Leak> heard = new CopyOnWriteArrayList<>();
        try (Sidecar sidecar = new Sidecar()) {
            watcher = new SecretVolumeWatcher(settings(Duration.ofHours(1)).leakListener(heard::add), new NoChanges());
            watcher.start();
            sidecar.accept();
            sidecar.announce("g");
            watcher.get()
                    .redact(
                            ("x " + FIRST).getBytes(UTF_8),
                            finding -> watcher.leaks().found(finding, "FI\"LE", "app." + FIRST + "\n", "WARN"));
            assertThat(sidecar.lines.readLine())
                    .isEqualTo("{\"type\":\"leak\",\"secret\":\"db/password\",\"version\":\"1\",\"sink\":\"FI\\\"LE\","
                            + "\"logger\":\"app.[REDACTED:db/password]?\",\"level\":\"WARN\",\"count\":1}");
            watcher.leaks().found(new Finding("elsewhere", "1", Finding.Kind.VALUE), "FILE", "", "");
            watcher.leaks().found(new Finding("jwt", "", Finding.Kind.RULE), "FILE", "", "");
            assertThat(sidecar.lines.readLine())
                    .isEqualTo("{\"type\":\"leak\",\"rule\":\"jwt\",\"sink\":\"FILE\",\"logger\":\"\",\"count\":1}");
        }
        eventually(() -> heard.size() == 3);
    }

    @Test
    void isCompleteOnceEveryVolumeWasRead() throws Exception {
        Path late = directory.resolve("late");
        watcher = SecretVolumeWatcher.of(List.of(volume.root(), late))
                .rescan(Duration.ofMillis(20))
                .listener(warnings::add)
                .build();
        watcher.start();
        assertThat(watcher.complete()).isFalse();
        Files.createDirectory(late);
        eventually(() -> warnings.toString().contains("nothing is in it yet"));
        assertThat(watcher.complete())
                .as("a mount comes before what is put into it")
                .isFalse();
        Files.writeString(late.resolve("token"), "a-token-of-some-length");
        eventually(watcher::complete);
    }

    @Test
    void readsTheNeedlesAndNothingElse() throws IOException {
        volume.publish("username", "not-a-needle-here");
        watch(Duration.ofHours(1), new DirectoryChanges());
        assertThat(watcher.get().redact("<" + FIRST + "> not-a-needle-here"))
                .isEqualTo("<[REDACTED:db/password]> not-a-needle-here");
        assertThat(warnings).isEmpty();
    }

    @Test
    void row55_masksTheNewValueBeforeItSaysReady() throws IOException {
        try (Sidecar sidecar = new Sidecar()) {
            watch(Duration.ofHours(1), new NoChanges());
            assertThat(sidecar.accept())
                    .isEqualTo("{\"type\":\"hello\",\"v\":1,\"role\":\"redactor\",\"name\":\"app \\\"1\\\"\"}");
            for (int i = 0; i < 50; i++) {
                String value = "value-of-rotation-" + i * 7919;
                volume.writeNeedle("db/password", value);
                assertThat(sidecar.announce("g\u00e9n\\\"" + i))
                        .isEqualTo("{\"type\":\"ready\",\"generation\":\"g\u00e9n\\\"" + i + "\"}");
                assertThat(masks(watcher.get(), value)).isTrue();
                assertThat(masks(watcher.get(), FIRST)).isTrue();
                sidecar.send(
                        "{\"type\":\"published\",\"generation\":\"g\",\"secrets\":[{\"name\":\"db\",\"version\":\"3\"}]}");
                sidecar.send("{\"type\":\"of-a-later-version\"}");
            }
        }
    }

    @Test
    void row55_isSilentWhenTheNeedlesCannotBeRead() throws IOException, InterruptedException {
        try (Sidecar sidecar = new Sidecar()) {
            watch(Duration.ofHours(1), new NoChanges());
            sidecar.accept();
            assertThat(sidecar.announce("first")).contains("\"first\"");
            volume.writeNeedles("{\"v\":2,\"needles\":[]}");
            sidecar.send("{\"type\":\"announce\",\"generation\":\"bad\"}");
            eventually(() -> !warnings.isEmpty());
            volume.writeNeedle("db/password", SECOND);
            assertThat(sidecar.announce("good")).contains("\"good\"");
            assertThat(masks(watcher.get(), FIRST) && masks(watcher.get(), SECOND))
                    .isTrue();
        }
    }

    @Test
    void readsAfterItHasConnected() throws IOException, InterruptedException {
        watch(Duration.ofHours(1), new NoChanges());
        volume.writeNeedle("db/password", SECOND);
        try (Sidecar sidecar = new Sidecar()) {
            sidecar.accept();
            eventually(() -> masks(watcher.get(), SECOND));
        }
    }

    @Test
    void comesBackWhenTheSidecarDoes() throws IOException {
        try (Sidecar sidecar = new Sidecar()) {
            watch(Duration.ofHours(1), new NoChanges());
            sidecar.accept();
            sidecar.hangUp();
            sidecar.accept();
        }
        volume.writeNeedle("db/password", SECOND);
        try (Sidecar next = new Sidecar()) {
            next.accept();
            assertThat(next.announce("2")).contains("\"ready\"");
            assertThat(masks(watcher.get(), SECOND)).isTrue();
        }
    }

    @Test
    void hangsUpOnALineThatIsNoMessage() throws IOException {
        try (Sidecar sidecar = new Sidecar()) {
            watch(Duration.ofHours(1), new NoChanges());
            for (String line : List.of("{", "[]", "{}", "x".repeat(4096))) {
                sidecar.accept();
                sidecar.send(line);
                assertThat(sidecar.isHungUpOn()).isTrue();
            }
            sidecar.accept();
            assertThat(sidecar.announce("x".repeat(3900))).contains("\"ready\"");
            assertThat(warnings).isNotEmpty().allMatch(text -> text.contains("a line of the sidecar"));
        }
    }

    @Test
    void warnsOnceOfASidecarThatTalksNonsense() throws IOException {
        try (Sidecar sidecar = new Sidecar()) {
            watch(Duration.ofHours(1), new NoChanges());
            for (int i = 0; i < 3; i++) {
                sidecar.accept();
                sidecar.send("{");
                assertThat(sidecar.isHungUpOn()).isTrue();
            }
            sidecar.accept();
            assertThat(warnings).hasSize(1);
        }
    }

    @Test
    void row57_keepsTheLastGoodNeedlesAndWarnsOnce() throws IOException, InterruptedException {
        watch(Duration.ofMillis(10), new DirectoryChanges());
        volume.writeNeedles("{\"v\":2,\"needles\":[]}");
        eventually(() -> !warnings.isEmpty());
        volume.writeNeedles("{\"v\":1,\"needles\":[{\"name\":\"a\",\"value\":\"" + FIRST);
        eventually(() -> warnings.size() == 2);
        assertThat(masks(watcher.get(), FIRST)).isTrue();
        Files.delete(volume.control().resolve(VolumeLayout.NEEDLES));
        eventually(() -> warnings.size() == 3);
        assertThat(masks(watcher.get(), FIRST)).isTrue();
        volume.writeNeedle("db/password", SECOND);
        eventually(() -> masks(watcher.get(), SECOND));
        assertThat(warnings).hasSize(3);
        assertThat(warnings.toString().contains(FIRST)).isFalse();
    }

    @Test
    void row57_seesNewNeedlesByTheFileSystemAlone() throws IOException, InterruptedException {
        watch(Duration.ofHours(1), new DirectoryChanges());
        volume.writeNeedle("db/password", SECOND);
        eventually(() -> masks(watcher.get(), SECOND));
    }

    @Test
    void row58_healsLostEventsByLookingFromTimeToTime() throws IOException, InterruptedException {
        watch(Duration.ofMillis(20), new NoChanges());
        volume.writeNeedle("db/password", SECOND);
        eventually(() -> masks(watcher.get(), SECOND));
    }

    @Test
    void row58_looksFromTimeToTimeWhenWatchingFails() throws IOException, InterruptedException {
        watch(Duration.ofMillis(20), new BrokenChanges());
        volume.writeNeedle("db/password", SECOND);
        eventually(() -> masks(watcher.get(), SECOND));
        assertThat(warnings).singleElement().asString().contains("file events");
    }

    @Test
    void row58_readsTheNewVolumeWhenItsDirectoryIsReplaced() throws IOException, InterruptedException {
        watch(Duration.ofMillis(20), new DirectoryChanges());
        Path old = directory.resolve("old");
        Files.move(volume.root(), old);
        volume.writeNeedle("db/password", SECOND);
        eventually(() -> masks(watcher.get(), SECOND));
        String third = "third-value-2342";
        volume.writeNeedle("db/password", third);
        eventually(() -> masks(watcher.get(), third));
    }

    @Test
    void endsItsThreads() throws IOException, InterruptedException {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (Sidecar sidecar = new Sidecar()) {
            watcher = settings(Duration.ofHours(1))
                    .threads(job -> {
                        Thread thread = new Thread(job);
                        thread.setDaemon(true);
                        threads.add(thread);
                        return thread;
                    })
                    .build();
            watcher.start();
            sidecar.accept();
            watcher.close();
            watcher.close();
            assertThat(threads).hasSize(4);
            for (Thread thread : threads) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
        assertThat(masks(watcher.get(), FIRST)).isTrue();
        assertThat(warnings).isEmpty();
    }
}
