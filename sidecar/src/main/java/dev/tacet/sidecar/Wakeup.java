package dev.tacet.sidecar;

import dev.tacet.sidecar.source.SecretSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Where the core waits: for a moment, for news, or for the end. For many threads. */
public final class Wakeup {
    /** Different complaints that wait at a time; a peer may make up names. */
    private static final int MOST_REJECTIONS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Set<SecretSource> changed = new HashSet<>();
    private final Set<Rejection> rejected = new HashSet<>();
    private boolean nudged;
    private boolean reload;
    private boolean stopped;
    private boolean ending;

    /** An application's word that a server refused this version of a secret. */
    record Rejection(String secret, String version) {}

    /**
     * What came while the core waited.
     *
     * @param changed the sources that saw a change
     */
    record News(Set<SecretSource> changed, Set<Rejection> rejected) {}

    /** A source saw that a secret of it may have changed. */
    public void changed(SecretSource source) {
        tell(() -> changed.add(source));
    }

    /** An application says that a server refused this version of a secret. */
    public void rejected(String secret, String version) {
        tell(() -> {
            if (rejected.size() < MOST_REJECTIONS) {
                rejected.add(new Rejection(secret, version));
            }
        });
    }

    /** Something that the core waits for may have come. */
    public void nudge() {
        tell(() -> nudged = true);
    }

    /** The configuration may have changed. */
    public void reload() {
        tell(() -> {
            reload = true;
            nudged = true;
        });
    }

    /** Whether that was said; it is told once, however often it was said. */
    boolean takeReload() {
        lock.lock();
        try {
            boolean said = reload;
            reload = false;
            return said;
        } finally {
            lock.unlock();
        }
    }

    /** The process is to end. */
    public void stop() {
        tell(() -> stopped = true);
    }

    /** The process is to end, and to leave nothing behind. */
    public void quit() {
        tell(() -> {
            stopped = true;
            ending = true;
        });
    }

    /** Whether the process is to end. */
    public boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was asked to leave nothing behind. */
    public boolean isEnding() {
        lock.lock();
        try {
            return ending;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for news, the end, or for a time. Each piece of news is told once. */
    News await(Duration atMost) {
        lock.lock();
        try {
            waitUntil(() -> stopped || nudged || !changed.isEmpty() || !rejected.isEmpty(), atMost);
            News seen = new News(Set.copyOf(changed), Set.copyOf(rejected));
            changed.clear();
            rejected.clear();
            nudged = false;
            return seen;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a time that only the end cuts short. */
    void pause(Duration time) {
        lock.lock();
        try {
            waitUntil(() -> stopped, time);
        } finally {
            lock.unlock();
        }
    }

    private void tell(Runnable what) {
        lock.lock();
        try {
            what.run();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An interrupt counts as the end. */
    private void waitUntil(BooleanSupplier condition, Duration atMost) {
        try {
            long left = atMost.toNanos();
            while (!condition.getAsBoolean() && left > 0) {
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
