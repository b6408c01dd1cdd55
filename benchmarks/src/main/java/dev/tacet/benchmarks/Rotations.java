package dev.tacet.benchmarks;

import dev.tacet.redactor.Redactor;
import java.util.function.Supplier;

/** A thread that builds one redactor after the other while it may, as if secrets were rotated without end. */
final class Rotations implements AutoCloseable {
    // States of the thread: working while `wanted` and not `closed`; each change of `wanted` is awaited.
    private final Object lock = new Object();
    private final Supplier<Redactor> build;
    private final Thread thread;
    private volatile Redactor current;
    private volatile boolean wanted;
    private volatile boolean closed;
    private boolean working;

    Rotations(Supplier<Redactor> build) {
        this.build = build;
        this.current = build.get();
        this.thread = new Thread(this::run, "rotations");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Redactor current() {
        return current;
    }

    /** Returns when the thread does what is wanted. */
    void want(boolean work) throws InterruptedException {
        synchronized (lock) {
            wanted = work;
            lock.notifyAll();
            while (working != work) {
                lock.wait();
            }
        }
    }

    private void run() {
        try {
            while (!closed) {
                synchronized (lock) {
                    while (!wanted && !closed) {
                        working = false;
                        lock.notifyAll();
                        lock.wait();
                    }
                    working = true;
                    lock.notifyAll();
                }
                while (wanted && !closed) {
                    current = build.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
