package dev.tacet.sidecar;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock for deadlines: it begins with the time of day and goes on with the machine's monotonic one, so it never goes
 * back when somebody sets the time of day.
 *
 * <p>A machine that slept has no monotonic time for that (CLOCK_MONOTONIC stands still), and a vault's leases ran on. So
 * where the time of day has come to be ahead by more than {@link #APART}, this clock makes up for it at once: at worst,
 * because the time of day was set forward, something is renewed early.
 *
 * <p>For many threads.
 */
public final class SteadyClock extends Clock {
    static final Duration APART = Duration.ofSeconds(30);

    private final Clock timeOfDay;
    private final LongSupplier nanoTime;
    private Instant base;
    private long baseNanos;

    /** @param nanoTime monotonic, as {@link System#nanoTime} */
    public SteadyClock(Clock timeOfDay, LongSupplier nanoTime) {
        this.timeOfDay = timeOfDay;
        this.nanoTime = nanoTime;
        this.base = timeOfDay.instant();
        this.baseNanos = nanoTime.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        long nanos = nanoTime.getAsLong();
        Instant steady = base.plusNanos(nanos - baseNanos);
        Instant now = timeOfDay.instant();
        if (now.isAfter(steady.plus(APART))) {
            base = now;
            baseNanos = nanos;
            return now;
        }
        return steady;
    }

    @Override
    public ZoneId getZone() {
        return timeOfDay.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(timeOfDay.withZone(zone), nanoTime);
    }
}
