package dev.tacet.sidecar.cli;

import dev.tacet.sidecar.Wakeup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * SIGTERM and SIGINT, which run the JVM's hooks. The hook cuts short what the core waits for, gives it a moment to come
 * to its end, and then ends the process with 0: the JVM's own end by signal would say 143. A core that does not come
 * back in time is left behind; the volume can be left at any step.
 */
final class EndSignal {
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final Thread core;
    private final Wakeup wakeup;
    private final CountDownLatch done = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private boolean came;
    private boolean heeded;

    EndSignal(Thread core, Wakeup wakeup) {
        this.core = core;
        this.wakeup = wakeup;
    }

    /** From here on a signal ends the process so. */
    void handle() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "tacet-end"));
    }

    private void end() {
        if (done.getCount() == 0) {
            return; // the process ends by itself, with an exit code of its own
        }
        interrupt();
        try {
            done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCodes.OK);
    }

    /** Has the core leave what it is at; not what it does to end, once it has begun with that. */
    void interrupt() {
        lock.lock();
        try {
            came = true;
            wakeup.stop();
            if (!heeded) {
                core.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The core is about to end. From here on it is not interrupted, and an interrupt that came is taken back: what is
     * left to do must not trip over it.
     *
     * @return whether a signal came
     */
    boolean heed() {
        lock.lock();
        try {
            heeded = true;
            Thread.interrupted();
            return came;
        } finally {
            lock.unlock();
        }
    }

    /** The core has ended. */
    void done() {
        done.countDown();
    }
}
