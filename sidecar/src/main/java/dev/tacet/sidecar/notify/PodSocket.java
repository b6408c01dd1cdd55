package dev.tacet.sidecar.notify;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pod-local socket: a Unix stream socket in the volume, over which redactors and applications are told what is
 * published.
 *
 * <p>Its mode, 0660, decides who may connect, and a list of users where one is given. At most 16 peers are connected at a time; the next is closed at once. A
 * peer that sends what it should not, or does not read what it is sent (256 KiB wait for it at most), is hung up on.
 *
 * <p>One thread serves all peers. The methods may be called from any other.
 */
public final class PodSocket implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PodSocket.class);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Path path;
    private final Duration announceTimeout;
    private final Set<Integer> users;
    private final ThreadFactory threads;
    private final PeerRequests requests;
    private final PeerReports reports = new PeerReports(System::nanoTime);
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final ReentrantLock announcing = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    // states: null (not started) -> running -> ended, by close() or by a failure of the socket itself
    private volatile @Nullable SocketLoop loop;

    /**
     * @param path where the socket will be, at most 106 bytes; what a killed predecessor left there is replaced
     * @param announceTimeout how long {@link #announce} waits at most
     * @param users the user IDs that may connect; none for all that the mode lets in
     * @param threads makes the one thread
     * @param requests hears what peers ask for
     */
    public PodSocket(
            Path path, Duration announceTimeout, Set<Integer> users, ThreadFactory threads, PeerRequests requests) {
        this.requests = requests;
        this.path = path;
        this.announceTimeout = announceTimeout;
        this.users = Set.copyOf(users);
        this.threads = threads;
    }

    /**
     * Binds the socket and serves it, once.
     *
     * @throws IOException when it cannot be bound; the message may be shown
     */
    public void start() throws IOException {
        if (loop != null || closed.get()) {
            throw new IllegalStateException("started or closed before");
        }
        ServerSocketChannel server = SocketFile.bind(path);
        try {
            PeerUsers peerUsers = PeerUsers.of(users, System::nanoTime);
            SocketLoop bound = SocketLoop.over(server, new Peers(reports, requests, acknowledgements, peerUsers));
            threads.newThread(bound).start();
            loop = bound;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Tells every connected redactor to read the needles again, and waits until each has said that it did or has hung
     * up, for the announce time-out at most.
     *
     * <p>A redactor that lets it pass is not waited for again until it answers any announcement. One that connects
     * meanwhile or later is told of the latest announcement when it says hello, and not waited for in this one. Without
     * a running socket there is nobody to tell. Callers take turns.
     *
     * @param generation the generation that is about to be published
     */
    public Announcement announce(String generation) {
        SocketLoop running = loop;
        if (running == null || !running.isRunning()) {
            return Announcement.TO_NOBODY;
        }
        announcing.lock();
        try {
            Round round = new Round(new SidecarMessage.Announce(generation));
            running.request(peers -> peers.announce(round));
            return round.await(announceTimeout);
        } finally {
            announcing.unlock();
        }
    }

    /**
     * Tells every connected redactor and application which generation is in force. Waits for nobody.
     *
     * @param secrets all of that generation
     */
    public void published(String generation, List<PublishedSecret> secrets) {
        SocketLoop running = loop;
        if (running != null && running.isRunning()) {
            SidecarMessage.Published published = new SidecarMessage.Published(generation, secrets);
            running.request(peers -> peers.published(published));
        }
    }

    /** Whether applications were told of that generation, and each of them has said that it uses it. */
    public boolean isSettled(String generation) {
        return acknowledgements.isSettled(generation);
    }

    /** Whether redactors or applications were here, and all have hung up. */
    public boolean hasEveryoneLeft() {
        return acknowledgements.hasEveryoneLeft();
    }

    /** How many redactors and applications are connected. */
    public int peers() {
        return acknowledgements.present();
    }

    /** How many masks redactors have reported. */
    public long leaks() {
        return reports.leaks();
    }

    /** How often applications have acknowledged a generation. */
    public long acks() {
        return reports.acks();
    }

    /** How often applications have said that a server refused a secret. */
    public long rejects() {
        return reports.rejects();
    }

    /** Hangs up on all and removes the socket; the second time it does nothing. */
    @Override
    public void close() {
        SocketLoop running = loop;
        if (closed.getAndSet(true) || running == null) {
            return;
        }
        running.stop(CLOSING);
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("the pod-local socket could not be removed", e);
        }
    }
}
