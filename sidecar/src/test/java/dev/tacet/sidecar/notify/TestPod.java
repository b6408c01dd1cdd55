package dev.tacet.sidecar.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A directory for the socket, and all that a test opens on it. */
final class TestPod {
    /** Never reached by a test that is green. */
    static final Duration LONG = Duration.ofSeconds(30);

    /** Long enough for an answer, short enough to wait for in vain. */
    static final Duration SHORT = Duration.ofMillis(500);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path directory;

    void make() throws IOException {
        directory = Files.createTempDirectory(SocketFileTest.MEMORY, "tacet-notify");
    }

    Path path() {
        return directory.resolve("tacet.sock");
    }

    PodSocket start(Duration timeout) throws IOException {
        return start(timeout, Set.of());
    }

    PodSocket start(Duration timeout, Set<Integer> users) throws IOException {
        return start(new PodSocket(path(), timeout, users, TestPod::thread, new CountedRequests()));
    }

    PodSocket start(PeerRequests requests) throws IOException {
        return start(new PodSocket(path(), LONG, Set.of(), TestPod::thread, requests));
    }

    private PodSocket start(PodSocket socket) throws IOException {
        open(socket).start();
        return socket;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tacet-socket");
        thread.setDaemon(true);
        return thread;
    }

    TestPeer connect() throws IOException {
        return open(TestPeer.connect(path()));
    }

    /** A peer whose hello has been heard. */
    TestPeer introduced(String role, String name, PodSocket socket) throws Exception {
        return connect().hello(role, name).awaitIntroduced(socket);
    }

    <T extends AutoCloseable> T open(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    static CompletableFuture<Announcement> announceAside(PodSocket socket, String generation) {
        return CompletableFuture.supplyAsync(() -> socket.announce(generation), TestPeer::startThread);
    }

    /** So many that they need several lines when there are more than about 100. */
    static List<PublishedSecret> secrets(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PublishedSecret("secret-" + i, "1"))
                .toList();
    }

    void end() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        // Fails when anything is left in it.
        Files.delete(directory);
    }
}
