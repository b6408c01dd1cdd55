package dev.tacet.redactor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what was masked and tells listeners of it, once an interval for each kind. A kind is one finding, sink, logger and
 * level together.
 *
 * <p>{@link #found} is for threads that log: it takes no lock, waits for nothing and throws nothing. At most 256 kinds are told
 * apart in an interval; what is found beyond them is gathered under the name {@code other}, and only its count is true.
 */
public final class LeakReports implements AutoCloseable {
    /** How long to gather, by {@link LeakListener}'s promise. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final int SLOTS = 256;
    // How far from its own place a kind may lie.
    private static final int REACH = 16;
    private static final long TAKEN = -1;
    private static final Kind OTHER = new Kind(new Finding("other", "", Finding.Kind.VALUE), "", "", "");

    private final List<LeakListener> listeners;
    private final Duration interval;
    private final ThreadFactory threads;
    private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);
    private final AtomicLong others = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicBoolean started = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private record Kind(Finding finding, String sink, String logger, String level) {}

    /** The count of one kind; once the reporter took it, nothing more is added and a new slot replaces this one. */
    private static final class Slot {
        private final Kind kind;
        private final AtomicLong count = new AtomicLong(1);

        Slot(Kind kind) {
            this.kind = kind;
        }

        boolean add() {
            long before = count.get();
            while (before != TAKEN && !count.compareAndSet(before, before + 1)) {
                before = count.get();
            }
            return before != TAKEN;
        }
    }

    /**
     * @param listeners told in this order, one after the other
     * @param interval how long to gather; {@link #INTERVAL} but in tests
     * @param threads makes the one thread, which should be a daemon
     */
    public LeakReports(List<LeakListener> listeners, Duration interval, ThreadFactory threads) {
        this.listeners = List.copyOf(listeners);
        this.interval = Objects.requireNonNull(interval, "interval");
        this.threads = Objects.requireNonNull(threads, "threads");
    }

    /** Counts one mask. */
    public void found(Finding finding, String sink, String logger, String level) {
        try {
            Kind kind = new Kind(finding, sink, logger, level);
            int own = kind.hashCode();
            for (int i = 0; i < REACH; i++) {
                if (isCountedAt(own + i & SLOTS - 1, kind)) {
                    return;
                }
            }
        } catch (OutOfMemoryError full) {
            // Counted below: the masked line matters more than which secret was in it.
        }
        others.incrementAndGet();
    }

    private boolean isCountedAt(int place, Kind kind) {
        while (true) {
            Slot there = slots.get(place);
            if (there == null) {
                if (slots.compareAndSet(place, null, new Slot(kind))) {
                    return true;
                }
            } else if (!there.kind.equals(kind)) {
                return false;
            } else if (there.add()) {
                return true;
            } else {
                // Taken, but not yet removed by the reporter, which is not waited for.
                slots.compareAndSet(place, there, null);
            }
        }
    }

    /** Starts the thread that reports, once. */
    public void start() {
        if (started.getAndSet(true)) {
            throw new IllegalStateException("started before");
        }
        Thread thread = threads.newThread(this::run);
        thread.setName("tacet-leaks");
        thread.start();
    }

    /** How many times a listener threw. */
    public long failures() {
        return failures.get();
    }

    /** Reports what is left and ends; waits for slow listeners for a second at most. The second time it does nothing more. */
    @Override
    public void close() {
        closed.countDown();
        if (!started.getAndSet(true)) {
            report();
            ended.countDown();
        }
        try {
            ended.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                report();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            report();
            ended.countDown();
        }
    }

    private void report() {
        // A kind can lie in two slots, when one nearer its own place became free.
        Map<Kind, Long> gathered = new LinkedHashMap<>();
        for (int place = 0; place < SLOTS; place++) {
            Slot slot = slots.get(place);
            if (slot != null) {
                long count = slot.count.getAndSet(TAKEN);
                slots.compareAndSet(place, slot, null);
                gathered.merge(slot.kind, count, Long::sum);
            }
        }
        long beyond = others.getAndSet(0);
        if (beyond > 0) {
            gathered.merge(OTHER, beyond, Long::sum);
        }
        gathered.forEach((kind, count) -> tell(kind, count));
    }

    private void tell(Kind kind, long count) {
        for (LeakListener listener : listeners) {
            try {
                listener.leaked(new Leak(kind.finding, kind.sink, kind.logger, kind.level, count));
            } catch (RuntimeException | Error broken) {
                failures.incrementAndGet();
            }
        }
    }
}
