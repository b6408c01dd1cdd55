package dev.tacet.redactor.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A secret volume as the application sees it: one whole generation at a time, and a call when the next is there.
 *
 * <pre>{@code
 * SecretVolume volume = SecretVolume.of(Path.of("/run/tacet")).build();
 * volume.onChange(snapshot -> {
 *     pool.use(snapshot.get("db/username"), snapshot.get("db/password"));
 *     volume.ack(snapshot);                       // the old credential may be revoked
 * });
 * volume.start();                             // calls it with what is there already
 * }</pre>
 *
 * <p>With a sidecar behind it, changes are told over the pod-local socket, and acknowledged and rejected there. A directory without one (a Kubernetes
 * Secret, files) is followed by file events and by looking from time to time. For any number of threads.
 */
public final class SecretVolume implements AutoCloseable {
    private final Path root;
    private final Duration rescan;
    private final ThreadFactory threads;
    private final Changes changes;
    private final Problems problems;
    private final SidecarLink link;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Consumer<SecretSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final List<Thread> running = new ArrayList<>();
    // Held while the volume is read and listeners are called, so that they hear of one change at a time, in order.
    private final ReentrantLock looking = new ReentrantLock();
    private boolean started;
    private volatile @Nullable SecretSnapshot latest;
    // Held while one of these changes and is said, so that the last to be said is the last that holds.
    private final ReentrantLock saying = new ReentrantLock();
    private @Nullable SecretSnapshot acknowledged;
    private @Nullable Refusal refused;

    /** What a server refused; not to be said any more when something else is in use. */
    private record Refusal(String secret, String version) {
        boolean isOf(@Nullable SecretSnapshot snapshot) {
            return snapshot != null && snapshot.version(secret).equals(version);
        }
    }

    SecretVolume(Builder builder, Changes changes) {
        this.root = builder.root;
        this.rescan = builder.rescan;
        this.threads = builder.threads;
        this.changes = changes;
        this.problems = new Problems(builder.listener);
        Path socket = root.resolve(VolumeLayout.CONTROL).resolve(VolumeLayout.SOCKET);
        this.link = new SidecarLink(socket, new Application(builder.name), problems, rescan, closed);
    }

    /** Settings for a volume, which need not exist yet. */
    public static Builder of(Path root) {
        return new Builder(root);
    }

    /** The application's side of the socket. */
    private final class Application implements SidecarLink.Side {
        private final String name;

        Application(String name) {
            this.name = name;
        }

        @Override
        public byte[] hello() {
            return PeerMessage.hello(PeerMessage.APPLICATION, name);
        }

        /** A sidecar that was restarted, or away, does not know what was said before. */
        @Override
        public void connected() {
            look();
            saying.lock();
            try {
                if (acknowledged != null) {
                    link.say(PeerMessage.ack(acknowledged.generation()));
                }
                if (refused != null && refused.isOf(latest)) {
                    link.say(PeerMessage.reject(refused.secret, refused.version));
                }
            } finally {
                saying.unlock();
            }
        }

        @Override
        public List<byte[]> told(PeerMessage message) {
            if (message.type().equals(PeerMessage.PUBLISHED)) {
                look();
            }
            return List.of();
        }
    }

    /** Reads what is there, then follows it: a thread for files, two for the socket. Once. */
    public void start() {
        looking.lock();
        try {
            if (started) {
                throw new IllegalStateException("started before");
            }
            started = true;
            look();
            run("tacet-volume", new Follower(changes, this::directories, rescan, problems, closed, this::look));
            run("tacet-application", link);
            run("tacet-acks", link::sendSaid);
        } finally {
            looking.unlock();
        }
    }

    private void run(String name, Runnable job) {
        Thread thread = threads.newThread(job);
        thread.setName(name);
        running.add(thread);
        thread.start();
    }

    /**
     * The newest generation that was read whole; it may be a moment behind.
     *
     * @throws NoSuchElementException when there was none yet
     */
    public SecretSnapshot snapshot() {
        SecretSnapshot now = latest;
        if (now == null) {
            throw new NoSuchElementException("volume " + root + " has no whole generation yet");
        }
        return now;
    }

    /**
     * Has {@code listener} called with each new snapshot, one at a time and in order: on threads of this volume's, and with the first on the thread that
     * calls {@link #start} if it was given before. One that throws is told of, and called again with the next; one that is slow keeps others waiting.
     */
    public void onChange(Consumer<SecretSnapshot> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Says that this application uses a generation, and none before it: the leases of older ones may end. Never waits; without a sidecar it does nothing, and
     * is said when one comes, perhaps twice.
     */
    public void ack(SecretSnapshot used) {
        saying.lock();
        try {
            acknowledged = used;
            refused = null;
            link.say(PeerMessage.ack(used.generation()));
        } finally {
            saying.unlock();
        }
    }

    /**
     * Says that a server refused the credential of a secret, such as {@code db}, which asks the sidecar to read it again if that version is still current.
     * Never waits; without a version it does nothing. The last one is said again to a sidecar that comes later, until another version is there or a
     * generation is acknowledged.
     */
    public void reject(SecretSnapshot refused, String secret) {
        String version = refused.version(secret);
        if (version.isEmpty()) {
            return;
        }
        saying.lock();
        try {
            this.refused = new Refusal(secret, version);
            link.say(PeerMessage.reject(secret, version));
        } finally {
            saying.unlock();
        }
    }

    /** Ends the threads without waiting for them. The last snapshot stays. */
    @Override
    public void close() {
        closed.countDown();
        running.forEach(Thread::interrupt);
    }

    /** Where a change is seen: {@code ..data} lies in the root. What changes deeper in a plain directory is found by looking from time to time. */
    private Set<Path> directories() {
        Set<Path> all = new HashSet<>();
        if (Files.isDirectory(root)) {
            all.add(root);
        } else if (root.toAbsolutePath().getParent() != null) {
            all.add(root.toAbsolutePath().getParent());
        }
        return all;
    }

    /** Reads, and tells of what is new. A thread must outlive whatever this meets. */
    private void look() {
        looking.lock();
        try {
            SecretSnapshot now = SecretSnapshot.read(root);
            problems.none("volume " + root);
            SecretSnapshot before = latest;
            if (closed.getCount() > 0 && (before == null || !before.isSame(now))) {
                latest = now;
                listeners.forEach(listener -> tell(listener, now));
            }
        } catch (IOException | RuntimeException | Error broken) {
            String last = latest == null ? "nothing is known of it yet" : "what was read last is used";
            problems.is("volume " + root, "cannot be read (" + broken.getClass().getSimpleName() + "); " + last);
        } finally {
            looking.unlock();
        }
    }

    private void tell(Consumer<SecretSnapshot> listener, SecretSnapshot now) {
        try {
            listener.accept(now);
            problems.none("listener");
        } catch (RuntimeException | Error broken) {
            problems.is("listener", "failed (" + broken.getClass().getSimpleName() + ")");
        }
    }

    /** Settings of a volume, all with defaults. Not for threads to share. */
    public static final class Builder {
        private final Path root;
        private String name = "application";
        private Duration rescan = Duration.ofSeconds(10);
        private WarningListener listener = text -> {};
        private ThreadFactory threads = job -> {
            Thread thread = new Thread(job);
            thread.setDaemon(true);
            return thread;
        };

        private Builder(Path root) {
            this.root = Objects.requireNonNull(root, "root");
        }

        /** What the sidecar shall call this application; at most 64 characters count. */
        public Builder name(String name) {
            this.name = name.length() > 64 ? name.substring(0, 64) : name;
            return this;
        }

        /** How often to look without being told; 10 s by default. */
        public Builder rescan(Duration interval) {
            if (interval.isZero() || interval.isNegative()) {
                throw new IllegalArgumentException("interval: not positive");
            }
            this.rescan = interval;
            return this;
        }

        /** Who hears of problems; nobody by default. */
        public Builder listener(WarningListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Where threads come from; daemons by default. */
        public Builder threads(ThreadFactory threads) {
            this.threads = Objects.requireNonNull(threads, "threads");
            return this;
        }

        /** A volume that has not started. */
        public SecretVolume build() {
            return new SecretVolume(this, new DirectoryChanges());
        }
    }
}
