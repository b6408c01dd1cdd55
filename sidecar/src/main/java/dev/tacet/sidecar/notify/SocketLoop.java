package dev.tacet.sidecar.notify;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket's one thread. It alone touches the peers, and waits for nothing but the selector, so no peer can hold it
 * up. Whatever goes wrong with a peer ends that connection only.
 */
final class SocketLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(SocketLoop.class);
    // A connection that cannot be accepted (no file descriptor left) stays ready: without a pause the loop would spin.
    private static final Duration ACCEPT_PAUSE = Duration.ofSeconds(1);

    private final Selector selector;
    private final ServerSocketChannel server;
    private final SelectionKey accepting;
    private final Peers peers;
    private final Queue<Consumer<Peers>> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    // Accepted after those who are there have been served: one of them may have left its place to the one who comes.
    private boolean arrival;
    private volatile boolean stopping;

    private SocketLoop(Selector selector, ServerSocketChannel server, SelectionKey accepting, Peers peers) {
        this.peers = peers;
        this.selector = selector;
        this.server = server;
        this.accepting = accepting;
    }

    /** A loop over a bound socket, which it will close. */
    static SocketLoop over(ServerSocketChannel server, Peers peers) throws IOException {
        server.configureBlocking(false);
        Selector selector = Selector.open();
        try {
            return new SocketLoop(selector, server, server.register(selector, SelectionKey.OP_ACCEPT), peers);
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    /** Has the loop's thread do this, soon; after its end, never. */
    void request(Consumer<Peers> request) {
        requests.add(request);
        selector.wakeup();
    }

    boolean isRunning() {
        return !stopping && ended.getCount() > 0;
    }

    /** Ends the loop and all connections; returns when that is done, or the time is up. */
    void stop(Duration atMost) {
        stopping = true;
        selector.wakeup();
        try {
            if (!ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                log.warn("the pod-local socket did not close in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try (selector;
                server) {
            while (!stopping && !Thread.currentThread().isInterrupted()) {
                selector.select(this::serve, accepting.interestOps() == 0 ? ACCEPT_PAUSE.toMillis() : 0);
                accepting.interestOps(SelectionKey.OP_ACCEPT);
                if (arrival) {
                    arrival = false;
                    accept();
                }
                doRequests();
            }
        } catch (IOException | RuntimeException e) {
            log.error("the pod-local socket has failed; redactors are no longer waited for", e);
        } finally {
            stopping = true;
            peers.hangUpOnAll();
            // Nobody is left to wait for: announcements that came late end at once.
            doRequests();
            ended.countDown();
        }
    }

    private void doRequests() {
        for (Consumer<Peers> next = requests.poll(); next != null; next = requests.poll()) {
            next.accept(peers);
        }
    }

    private void serve(SelectionKey key) {
        if (key == accepting) {
            arrival = true;
            return;
        }
        Peer peer = (Peer) key.attachment();
        try {
            if (key.isValid() && key.isWritable()) {
                peer.flush();
            }
            if (key.isValid() && key.isReadable()) {
                peers.receive(peer);
            }
        } catch (IOException e) {
            log.debug("{} is gone: {}", peer.name(), e.getMessage());
            peers.hangUp(peer);
        } catch (RuntimeException e) {
            log.error("serving a peer failed", e);
            peers.hangUp(peer);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            if (peers.isFull()) {
                channel.close();
                peers.warn("turned a peer away, because " + Peers.MOST + " are connected");
                return;
            }
            UserPrincipal user = PeerUsers.behind(channel);
            if (!peers.admits(user)) {
                channel.close();
                peers.warn("turned a peer away, because its user " + user + " is not among volume.peer-users");
                return;
            }
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Peer peer = new Peer(channel, key, user);
            key.attach(peer);
            peers.add(peer);
        } catch (IOException e) {
            peers.warn("a connection could not be accepted: " + e.getMessage());
            accepting.interestOps(0);
        }
    }
}
