package dev.tacet.sidecar.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When to read a secret again that nothing announces.
 *
 * <p>The first poll falls where the pod's phase is in the first interval, so that pods started together do not ask together; each
 * later one follows its predecessor after the interval, give or take a tenth, so that they do not drift into step.
 *
 * <p>Holds no state but the random source, and is as safe among threads as that is.
 */
public final class PollSchedule {
    private static final double JITTER = 0.1;

    private final Duration interval;
    private final Duration phase;
    private final RandomGenerator random;

    /**
     * @param interval between two polls; more than zero
     * @param phase when the first one is, after the reading itself: less than the interval
     * @param random for jitter
     */
    public PollSchedule(Duration interval, Duration phase, RandomGenerator random) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval: " + interval);
        }
        this.interval = interval;
        this.phase = phase;
        this.random = random;
    }

    /** The first poll of a secret that was read at {@code start}: after at most one interval. */
    public Instant first(Instant start) {
        return start.plus(phase);
    }

    /** The poll after the one that ended at {@code polled}: 0.9 to 1.1 intervals later. */
    public Instant next(Instant polled) {
        Duration tenth = Duration.ofNanos((long) (interval.toNanos() * JITTER));
        return polled.plus(Jitter.between(interval.minus(tenth), interval.plus(tenth), random));
    }
}
