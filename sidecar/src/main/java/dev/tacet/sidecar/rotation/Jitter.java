package dev.tacet.sidecar.rotation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Random durations. */
final class Jitter {
    private Jitter() {}

    /** Any duration of the range, each as likely; both ends are in it. */
    static Duration between(Duration least, Duration most, RandomGenerator random) {
        return least.plusNanos(random.nextLong(most.minus(least).toNanos() + 1));
    }
}
