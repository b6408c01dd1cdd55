package dev.tacet.redactor.volume;

import static dev.tacet.redactor.volume.VolumeWatching.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.redactor.SecretValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class SecretVolumeTest {
    private static final int FILES = 30;

    @TempDir
    private Path root;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final BlockingQueue<SecretSnapshot> seen = new LinkedBlockingQueue<>();
    private SecretVolume volume;

    @AfterEach
    void stop() {
        if (volume != null) {
            volume.close();
        }
    }

    private void open(Path directory) {
        volume = SecretVolume.of(directory)
                .name("orders")
                .rescan(Duration.ofMillis(20))
                .listener(warnings::add)
                .build();
        volume.onChange(seen::add);
        volume.start();
    }

    /** A generation in which every file holds its number, then the swap, then the removal of the one before, at once. */
    private void publish(int number, boolean manifest) throws IOException {
        Path directory = Files.createDirectories(root.resolve("..g" + number).resolve("db"))
                .getParent();
        StringBuilder files = new StringBuilder();
        for (int i = 0; i < FILES; i++) {
            Files.writeString(directory.resolve("db/" + i), Integer.toString(number));
            files.append(i == 0 ? "" : ",").append("\"db/").append(i).append("\":{\"mode\":\"0440\"}");
        }
        if (manifest) {
            Files.writeString(
                    directory.resolve(VolumeLayout.MANIFEST),
                    "{\"v\":1,\"id\":\"g" + number + "\",\"files\":{" + files + "},\"secrets\":{\"db\":{\"version\":\""
                            + number + "\"}}}");
        }
        Path old = Files.exists(root.resolve(VolumeLayout.DATA))
                ? root.resolve(VolumeLayout.DATA).toRealPath()
                : null;
        Path link = Files.createSymbolicLink(root.resolve("..next"), directory.getFileName());
        Files.move(link, root.resolve(VolumeLayout.DATA), StandardCopyOption.ATOMIC_MOVE);
        if (old != null) {
            remove(old);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    remove(entry);
                } else {
                    Files.delete(entry);
                }
            }
        }
        Files.delete(directory);
    }

    @ParameterizedTest(name = "with a manifest: {0}")
    @ValueSource(booleans = {true, false})
    void showsWholeGenerationsOnlyHoweverFastTheyFollowEachOther(boolean manifest) throws Exception {
        publish(0, manifest);
        AtomicBoolean done = new AtomicBoolean();
        List<Throwable> broken = new CopyOnWriteArrayList<>();
        List<Integer> generations = new ArrayList<>();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                try {
                    SecretSnapshot snapshot = SecretSnapshot.read(root);
                    assertThat(snapshot.names()).hasSize(FILES);
                    assertThat(snapshot.names().stream()
                                    .map(name -> new String(snapshot.get(name).reveal(), UTF_8))
                                    .distinct())
                            .hasSize(1);
                    generations.add(
                            Integer.parseInt(new String(snapshot.get("db/0").reveal(), UTF_8)));
                } catch (IOException | AssertionError | RuntimeException e) {
                    broken.add(e);
                }
            }
        });
        reader.start();
        for (int i = 1; i <= 300; i++) {
            publish(i, manifest);
        }
        done.set(true);
        reader.join();
        assertThat(broken).isEmpty();
        assertThat(generations).isSorted().hasSizeGreaterThan(20);
        assertThat(generations.stream().distinct().count()).isGreaterThan(3);
    }

    @Test
    void callsForEachNewGenerationOnceAndForTheLastOneAlways() throws Exception {
        publish(0, true);
        open(root);
        for (int i = 1; i <= 100; i++) {
            publish(i, true);
        }
        eventually(() -> volume.snapshot().generation().equals("g100"));
        volume.close();
        List<String> generations = seen.stream().map(SecretSnapshot::generation).toList();
        assertThat(generations).doesNotHaveDuplicates().startsWith("g0").endsWith("g100");
        assertThat(seen.stream().map(snapshot -> Integer.parseInt(snapshot.version("db"))))
                .isSorted();
        assertThat(warnings).isEmpty();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Path later = root.resolve("later");
        open(later);
        assertThatThrownBy(volume::snapshot)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("later has no whole generation yet");
        Path building = Files.createDirectory(root.resolve("building"));
        // A mount comes before what is put into it.
        Files.createDirectory(later);
        Thread.sleep(100);
        assertThatThrownBy(volume::snapshot).isInstanceOf(NoSuchElementException.class);
        Files.write(building.resolve("store"), new byte[] {1, 0, '\n'});
        Files.delete(later);
        Files.move(building, later);
        SecretSnapshot first = seen.poll(20, TimeUnit.SECONDS);
        assertThat(first).isNotNull();
        assertThat(first.get("store")).isEqualTo(SecretValue.of(new byte[] {1, 0, '\n'}));
        assertThat(first.generation()).isEmpty();
        assertThatThrownBy(() -> first.get("db/password"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("there is no db/password among [store]");
        assertThat(first).hasToString("generation  of [store]");
        Files.writeString(root.resolve("later/store"), "new");
        assertThat(seen.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aListenerThatFailsIsToldOfAndCalledAgain() throws Exception {
        publish(0, false);
        volume = SecretVolume.of(root)
                .rescan(Duration.ofMillis(20))
                .listener(warnings::add)
                .build();
        volume.onChange(snapshot -> {
            seen.add(snapshot);
            throw new IllegalStateException(new String(snapshot.get("db/0").reveal(), UTF_8));
        });
        volume.start();
        publish(1, false);
        eventually(() -> seen.size() == 2);
        assertThat(warnings).containsExactly("listener: failed (IllegalStateException)");
    }

    @Test
    void goesOnWhenTheOneWhoIsToldOfTroubleMakesTrouble() throws Exception {
        Path later = root.resolve("later");
        volume = SecretVolume.of(later)
                .rescan(Duration.ofMillis(20))
                .listener(text -> {
                    warnings.add(text);
                    throw new IllegalStateException(text);
                })
                .build();
        volume.onChange(seen::add);
        volume.start();
        eventually(() -> warnings.size() > 2); // told again, as nobody knows of it
        Files.createDirectory(later);
        Files.writeString(later.resolve("token"), "x");
        assertThat(seen.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void refusesALinkOutOfTheVolume() throws Exception {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.writeString(outside.resolve("token"), "x");
        Path inside = Files.createDirectory(root.resolve("volume"));
        Files.createSymbolicLink(inside.resolve(VolumeLayout.DATA), Path.of("../outside"));
        open(inside);
        assertThatThrownBy(volume::snapshot).isInstanceOf(NoSuchElementException.class);
        assertThat(warnings).isNotEmpty();
    }

    @Test
    void saysWhatIsInUseAndWhatWasRefused() throws Exception {
        Files.createDirectory(root.resolve(VolumeLayout.CONTROL));
        publish(7, true);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(
                    root.resolve(VolumeLayout.CONTROL).resolve(VolumeLayout.SOCKET)));
            // Looks by itself once an hour: what it learns here, it learns by the socket.
            volume = new SecretVolume(SecretVolume.of(root).name("orders").rescan(Duration.ofHours(1)), new Changes() {
                @Override
                public void await(java.util.Set<Path> directories, Duration atMost) throws InterruptedException {
                    Thread.sleep(atMost.toMillis());
                }

                @Override
                public void close() {}
            });
            volume.onChange(seen::add);
            volume.start();
            try (SocketChannel peer = server.accept()) {
                BufferedReader lines = new BufferedReader(Channels.newReader(peer, UTF_8));
                assertThat(lines.readLine())
                        .isEqualTo("{\"type\":\"hello\",\"v\":1,\"role\":\"application\",\"name\":\"orders\"}");
                publish(8, true);
                peer.write(ByteBuffer.wrap(
                        "{\"type\":\"published\",\"generation\":\"g8\",\"secrets\":[]}\n".getBytes(UTF_8)));
                SecretSnapshot first = seen.poll(20, TimeUnit.SECONDS);
                SecretSnapshot second = seen.poll(20, TimeUnit.SECONDS);
                assertThat(List.of(first.generation(), second.generation())).containsExactly("g7", "g8");
                volume.ack(second);
                assertThat(lines.readLine()).isEqualTo("{\"type\":\"ack\",\"generation\":\"g8\"}");
                volume.reject(second, "db");
                volume.reject(second, "unknown");
                volume.ack(second);
                // An acknowledgement may be said twice, when it fell together with the connection.
                String next = lines.readLine();
                while (next.contains("ack")) {
                    next = lines.readLine();
                }
                assertThat(next).isEqualTo("{\"type\":\"reject\",\"secret\":\"db\",\"version\":\"8\"}");
                assertThat(lines.readLine()).isEqualTo("{\"type\":\"ack\",\"generation\":\"g8\"}");
            }
            try (SocketChannel again = server.accept()) {
                BufferedReader lines = new BufferedReader(Channels.newReader(again, UTF_8));
                assertThat(lines.readLine()).contains("hello");
                assertThat(lines.readLine()).isEqualTo("{\"type\":\"ack\",\"generation\":\"g8\"}");
                // As if it had been said while no sidecar was there.
                volume.reject(volume.snapshot(), "db");
                assertThat(lines.readLine()).contains("reject");
            }
            try (SocketChannel restarted = server.accept()) {
                BufferedReader lines = new BufferedReader(Channels.newReader(restarted, UTF_8));
                assertThat(lines.readLine()).contains("hello");
                assertThat(lines.readLine()).isEqualTo("{\"type\":\"ack\",\"generation\":\"g8\"}");
                assertThat(lines.readLine()).isEqualTo("{\"type\":\"reject\",\"secret\":\"db\",\"version\":\"8\"}");
            }
        }
    }

    @Test
    void endsItsThreads() throws Exception {
        publish(0, false);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        volume = SecretVolume.of(root)
                .threads(job -> {
                    Thread thread = new Thread(job);
                    threads.add(thread);
                    return thread;
                })
                .build();
        volume.start();
        assertThat(threads).hasSize(3);
        volume.close();
        for (Thread thread : threads) {
            thread.join(20_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(volume.snapshot().generation()).isEqualTo("g0");
    }
}
