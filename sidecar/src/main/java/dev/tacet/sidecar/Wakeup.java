package dev.tacet.sidecar;

import dev.tacet.sidecar.source.SecretSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Where the core waits: for a moment, for a source that saw a change, or for the end. For many threads. */
public final class Wakeup {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Set<SecretSource> changed = new HashSet<>();
    private boolean stopped;

    /** A source saw that a secret of it may have changed. */
    public void changed(SecretSource source) {
        lock.lock();
        try {
            changed.add(source);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The process is to end. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
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

    /** Waits until a source saw a change, the end, or for a time. Returns the sources; each change is told once. */
    Set<SecretSource> await(Duration atMost) {
        lock.lock();
        try {
            waitUntil(() -> stopped || !changed.isEmpty(), atMost);
            Set<SecretSource> seen = Set.copyOf(changed);
            changed.clear();
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
