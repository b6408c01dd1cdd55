package dev.tacet.sidecar.notify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other end of the socket. Reads on a thread of its own, once it is told to. */
final class TestPeer implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String SYNC = "sync";

    /** What {@link #next} gives when the sidecar has hung up. */
    static final String END = "(hung up)";

    private final SocketChannel channel;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CountDownLatch synced = new CountDownLatch(1);

    private TestPeer(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects, and reads all that comes. */
    static TestPeer connect(Path socket) throws IOException {
        TestPeer peer = connectDeaf(socket);
        peer.startReading();
        return peer;
    }

    /** Connects, and reads nothing yet. */
    static TestPeer connectDeaf(Path socket) throws IOException {
        return new TestPeer(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    void startReading() {
        startThread(this::read);
    }

    static void startThread(Runnable work) {
        Thread thread = new Thread(work, "test peer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until its hello has been heard: from then on it is told what is published. */
    TestPeer awaitIntroduced(PodSocket socket) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        do {
            socket.published(SYNC, List.of());
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never introduced");
            }
        } while (!synced.await(5, TimeUnit.MILLISECONDS));
        return this;
    }

    /** Answers the announcement of that generation when it comes, and leaves out what comes before. */
    CompletableFuture<Void> answer(String generation) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        while (!next().equals("{\"type\":\"announce\",\"generation\":\"" + generation + "\"}")) {
                            // something else
                        }
                        ready(generation);
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                TestPeer::startThread);
    }

    TestPeer hello(String role, String name) throws IOException {
        send("{\"type\":\"hello\",\"v\":1,\"role\":\"" + role + "\",\"name\":\"" + name + "\"}");
        return this;
    }

    void ready(String generation) throws IOException {
        send("{\"type\":\"ready\",\"generation\":\"" + generation + "\"}");
    }

    void send(String line) throws IOException {
        sendBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void sendBytes(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** The next line, waiting for it. */
    String next() throws InterruptedException {
        String line = lines.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new AssertionError("nothing came");
        }
        return line;
    }

    /** Reads up to the end, waiting for it. */
    void awaitHangUp() throws InterruptedException {
        String line = next();
        while (!line.equals(END)) {
            line = next();
        }
    }

    /** Hangs up at once: a close alone takes effect only when the thread that reads has noticed it. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.shutdownOutput();
            } finally {
                channel.close();
            }
        }
    }

    private void take(String line) {
        if (line.contains("\"generation\":\"" + SYNC + "\"")) {
            synced.countDown();
        } else {
            lines.add(line);
        }
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            while (channel.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    byte b = buffer.get();
                    if (b == '\n') {
                        take(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    } else {
                        line.write(b);
                    }
                }
            }
            lines.add(END);
        } catch (IOException e) {
            // A reset is a way to hang up, too.
            lines.add(END);
        }
    }
}
