package dev.tacet.redactor.volume;

import dev.tacet.redactor.LeakListener;
import dev.tacet.redactor.LeakReports;
import dev.tacet.redactor.Needle;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.rules.Rules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A redactor that knows the values of one or more secret volumes and follows their rotations.
 *
 * <p>A volume with {@code ..tacet/needles.json} is one that a sidecar keeps; any other directory is read as plain files, each a
 * secret, and what a file held is masked for {@code retain} longer. {@link #get} is one volatile read; the redactor it
 * returns never changes, and a new one takes its place only when values did.
 *
 * <p>Why no value of a sidecar's volume can be missed:
 *
 * <ol>
 *   <li>The sidecar replaces the needles first, then announces to the redactors connected at that time and waits for their
 *       {@code ready}, then publishes the value.
 *   <li>This side connects and says hello first, and reads the needles after that. Needles replaced before that reading
 *       are in it. Those replaced later are announced here, if the sidecar had taken in the hello by then.
 *   <li>It may not have: between the sending of a hello and its arrival a whole announcement fits. So a sidecar answers the
 *       hello of a redactor with the last announcement that it made, if any. The answer makes this side read once more:
 *       what was replaced before the hello was taken in is in that reading, what is replaced later is announced.
 *   <li>{@code ready} goes out after the new redactor is in the volatile field, never when the reading failed.
 *   <li>While no sidecar is connected, changes reach this side by the file system's events, and at the latest by the
 *       periodic reading. That is quick, but not before the value is published; the connection alone promises that.
 * </ol>
 *
 * <p>Directories are watched before they are read, so a change is either in the reading or causes the next one. The periodic
 * reading heals what is lost all the same: an overflow, a limit of the system, a volume that appears later.
 */
public final class SecretVolumeWatcher implements Supplier<Redactor>, AutoCloseable {
    private final List<Volume> volumes;
    private final String name;
    private final Duration rescan;
    private final ThreadFactory threads;
    private final Changes changes;
    private final Problems problems;
    private final Rules rules;
    // Guards the volumes, the needles, and the order in which redactors replace each other; never held while logging.
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> running = new ArrayList<>();
    // states: NEW -> RUNNING -> CLOSED, guarded by the lock
    private State state = State.NEW;
    private List<Needle> needles = List.of();
    // Written under the lock, read by every logging thread.
    private volatile Redactor redactor;
    private volatile boolean complete;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final LeakRoutes routes;
    private final LeakReports leaks;

    private enum State {
        NEW,
        RUNNING,
        CLOSED
    }

    SecretVolumeWatcher(Builder builder, Changes changes) {
        this.problems = new Problems(builder.listener);
        this.volumes = builder.roots.stream()
                .map(root -> new Volume(root, builder.clock, builder.retain, problems))
                .toList();
        this.name = builder.name;
        this.rescan = builder.rescan;
        this.threads = builder.threads;
        this.changes = changes;
        this.rules = builder.rules;
        this.redactor = Redactor.builder().rules(rules).build();
        this.routes = new LeakRoutes(this, builder.leakListener);
        this.leaks = new LeakReports(List.of(routes), LeakReports.INTERVAL, threads);
    }

    /** Settings for a watcher of these volumes, of which there is at least one. They need not exist yet. */
    public static Builder of(List<Path> volumes) {
        return new Builder(volumes);
    }

    /** The redactor in force. It knows rules only before {@link #start}, and stays as it was after {@link #close}. */
    @Override
    public Redactor get() {
        return redactor;
    }

    /** Whether every volume was read whole at least once. Until then, values of some volume are not known. */
    public boolean complete() {
        return complete;
    }

    /**
     * Runs {@code action} once, as soon as {@link #complete} is true: at once on this thread, or later on the thread that read the last volume.
     * What it throws is told to the listener.
     */
    public void whenComplete(Runnable action) {
        waiting.add(Objects.requireNonNull(action, "action"));
        tellComplete();
    }

    private void tellComplete() {
        for (Runnable next = complete ? waiting.poll() : null; next != null; next = waiting.poll()) {
            try {
                next.run();
            } catch (RuntimeException broken) {
                problems.is(
                        "complete",
                        "what waited for it failed (" + broken.getClass().getSimpleName() + ")");
            }
        }
    }

    /** Where those who mask report what they found; listeners and the volumes' sidecars hear of it. */
    public LeakReports leaks() {
        return leaks;
    }

    /** Reads the volumes that exist, then starts to follow them: threads for files and for leaks, two for each volume's socket. */
    public void start() {
        lock.lock();
        try {
            if (state != State.NEW) {
                throw new IllegalStateException("started before");
            }
            state = State.RUNNING;
            read(volumes);
            Runnable look = () -> readOrReport(volumes);
            run("tacet-files", new Follower(changes, this::directories, rescan, problems, closed, look));
            for (Volume volume : volumes) {
                SidecarLink.Side side = new RedactorSide(name, () -> readOrReport(List.of(volume)));
                SidecarLink link = new SidecarLink(volume.socket(), side, problems, rescan, closed);
                routes.add(volume, link);
                run("tacet-socket", link);
                run("tacet-reports", link::sendSaid);
            }
            leaks.start();
        } finally {
            lock.unlock();
        }
        tellComplete();
    }

    /** Reports the leaks that are left, then ends the threads without waiting for them. The last redactor stays in force. */
    @Override
    public void close() {
        leaks.close();
        closed.countDown();
        lock.lock();
        try {
            state = State.CLOSED;
            running.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    private void run(String threadName, Runnable job) {
        Thread thread = threads.newThread(job);
        thread.setName(threadName);
        running.add(thread);
        thread.start();
    }

    /** A thread must outlive whatever one reading meets. */
    private boolean readOrReport(List<Volume> some) {
        try {
            boolean whole = read(some);
            tellComplete();
            return whole;
        } catch (RuntimeException | Error broken) {
            problems.is("reading", "failed (" + broken.getClass().getSimpleName() + "); the last values are in force");
            return false;
        }
    }

    private Set<Path> directories() {
        lock.lock();
        try {
            Set<Path> all = new HashSet<>();
            volumes.forEach(volume -> all.addAll(volume.directories()));
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Reads and puts in force; whether all of them were read whole. */
    private boolean read(List<Volume> some) {
        lock.lock();
        try {
            boolean whole = true;
            for (Volume volume : some) {
                whole &= volume.read();
            }
            putInForce();
            complete = volumes.stream().allMatch(Volume::wasRead);
            return whole;
        } finally {
            lock.unlock();
        }
    }

    private void putInForce() {
        List<Needle> now =
                volumes.stream().flatMap(volume -> volume.needles().stream()).toList();
        if (now.equals(needles)) {
            return;
        }
        Redactor next = Redactor.builder().rules(rules).needles(now).build();
        redactor = next;
        needles = now;
        problems.are(
                "values",
                next.ignored().stream()
                        .map(ignored -> ignored + " is too short or too common to be looked for and may appear in logs")
                        .collect(Collectors.toSet()));
    }

    /** Settings of a watcher, all with defaults. Not for threads to share. */
    public static final class Builder {
        private final List<Path> roots;
        private String name = "redactor";
        private Duration rescan = Duration.ofSeconds(10);
        private Duration retain = Duration.ofHours(1);
        private Clock clock = Clock.systemUTC();
        private Rules rules = Rules.builtIn();
        private WarningListener listener = text -> {};
        private LeakListener leakListener = leak -> {};
        private ThreadFactory threads = job -> {
            Thread thread = new Thread(job);
            thread.setDaemon(true);
            return thread;
        };

        private Builder(List<Path> volumes) {
            this.roots = List.copyOf(volumes);
            if (roots.isEmpty()) {
                throw new IllegalArgumentException("volumes: none given");
            }
        }

        /** What the sidecar shall call this redactor; at most 64 characters count. */
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

        /** How long the old values of plain directories are masked; 1 h by default. */
        public Builder retain(Duration retain) {
            this.retain = Objects.requireNonNull(retain, "retain");
            return this;
        }

        /** What finds tokens that are in no volume; {@link Rules#builtIn} by default. */
        public Builder rules(Rules rules) {
            this.rules = Objects.requireNonNull(rules, "rules");
            return this;
        }

        /** What {@code retain} is measured by. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** Who hears of problems; nobody by default. */
        public Builder listener(WarningListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Who hears of what was masked; nobody but the sidecars by default. */
        public Builder leakListener(LeakListener listener) {
            this.leakListener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Where threads come from; daemons by default. */
        public Builder threads(ThreadFactory threads) {
            this.threads = Objects.requireNonNull(threads, "threads");
            return this;
        }

        /** A watcher that has not started. */
        public SecretVolumeWatcher build() {
            return new SecretVolumeWatcher(this, new DirectoryChanges());
        }
    }
}
