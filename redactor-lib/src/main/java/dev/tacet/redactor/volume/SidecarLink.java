package dev.tacet.redactor.volume;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A peer's end of the pod-local socket: a loop that connects, says hello, and answers what it is told. Comes back, ever more slowly, when
 * the sidecar goes away.
 *
 * <p>Runs on a thread of its own, which ends soon after the latch opens or the thread is interrupted.
 */
final class SidecarLink implements Runnable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Path socket;
    private final Side side;
    private final Problems problems;
    private final Duration longestPause;
    private final CountDownLatch closed;
    // What waits to be said; when the sidecar does not read, the oldest is dropped.
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(64);
    // Held while a line is written, so that two threads' lines do not mix.
    private final ReentrantLock writing = new ReentrantLock();
    private volatile @Nullable SocketChannel connected;

    /** Who speaks here. Called by this link's thread alone; what it throws ends the connection. */
    interface Side {
        byte[] hello();

        /** The hello has been sent; what is said from now on comes behind it. */
        void connected();

        /** The answers to what the sidecar said. */
        List<byte[]> told(PeerMessage message);
    }

    /** @param rescan how often its owner looks by itself; nobody waits longer than that, or than a second, before the next try */
    SidecarLink(Path socket, Side side, Problems problems, Duration rescan, CountDownLatch closed) {
        this.socket = socket;
        this.side = side;
        this.problems = problems;
        this.longestPause = min(rescan, LONGEST_PAUSE);
        this.closed = closed;
    }

    @Override
    public void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                // Somebody spoke: the next try may come soon. Nobody did: each waits twice as long.
                Duration longer = pause.multipliedBy(2);
                pause = Files.exists(socket) && talksWell() ? FIRST_PAUSE : min(longer, longestPause);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has a line sent, if a sidecar is there and reads; never waits. */
    void say(byte[] line) {
        if (connected != null) {
            while (!waiting.offer(line)) {
                waiting.poll();
            }
        }
    }

    /** Sends what is to be said, on a thread of its own: a sidecar that stopped reading would block it. */
    void sendSaid() {
        try {
            while (true) {
                byte[] line = waiting.take();
                SocketChannel channel = connected;
                if (channel != null) {
                    sendOrDrop(channel, line);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendOrDrop(SocketChannel channel, byte[] line) {
        try {
            send(channel, line);
        } catch (IOException | RuntimeException | Error gone) {
            problems.is(
                    "socket " + socket,
                    "something could not be said to it (" + gone.getClass().getSimpleName() + ")");
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Even to tell of what failed may fail, while the heap is full: then there is another try. */
    private boolean talksWell() {
        try {
            return talk();
        } catch (RuntimeException | Error broken) {
            return false;
        }
    }

    /** Talks until either side hangs up. Whether the sidecar said anything of sense. */
    private boolean talk() {
        String subject = "socket " + socket;
        boolean heard = false;
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            send(channel, side.hello());
            connected = channel;
            side.connected();
            LineInput lines = new LineInput(channel, PeerMessage.LONGEST);
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                sendAll(channel, side.told(PeerMessage.parse(line)));
                // Only now: a peer that always says nonsense is told of once, and is come back to slowly.
                heard = true;
                problems.none(subject);
            }
        } catch (BrokenException broken) {
            problems.is(subject, "a line of the sidecar " + broken.getMessage());
        } catch (IOException | RuntimeException | Error broken) {
            if (closed.getCount() > 0) {
                problems.is(subject, "no connection (" + broken.getClass().getSimpleName() + "); trying again");
            }
        } finally {
            connected = null;
            waiting.clear(); // meant for the sidecar that has gone
        }
        return heard;
    }

    private void sendAll(SocketChannel channel, List<byte[]> lines) throws IOException {
        for (byte[] line : lines) {
            send(channel, line);
        }
    }

    private void send(SocketChannel channel, byte[] line) throws IOException {
        writing.lock();
        try {
            ByteBuffer rest = ByteBuffer.wrap(line);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } finally {
            writing.unlock();
        }
    }
}
