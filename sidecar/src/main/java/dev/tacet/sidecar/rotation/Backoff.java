package dev.tacet.sidecar.rotation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave a vault alone after a failure.
 *
 * <p>What passes by itself (outage, sealed, rate limit) is retried with full jitter: any delay up to a ceiling of 1 s
 * that doubles with each failure in a row until it is 60 s; but for the lowest tenth, which would bring most of a fleet
 * back in the first seconds after an outage. What a person has to mend (denied, not found,
 * configuration) is retried after 60 to 120 s, from the first failure on. A server that names a time is left alone for
 * that long, at most 10 min, and then for a jittered delay more, or all that were turned away come back together.
 *
 * <p>No delay is under 200 ms, so no failure makes a hot loop. Holds no state but the random source, and is as safe
 * among threads as that is.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And
 *     Jitter</a>
 */
public final class Backoff {
    static final Duration FLOOR = Duration.ofMillis(200);
    static final Duration BASE = Duration.ofSeconds(1);
    static final Duration CEILING = Duration.ofSeconds(60);
    static final Duration MENDING = Duration.ofSeconds(60);
    static final Duration LONGEST_WAIT_ASKED = Duration.ofMinutes(10);

    private final RandomGenerator random;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The delay before the next attempt.
     *
     * @param setback the latest failure
     * @param failures how many there were in a row, the latest included; at least 1
     */
    public Duration delay(Setback setback, int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures: " + failures);
        }
        Duration ceiling = ceiling(failures);
        Duration own = setback.passing()
                ? Jitter.between(longer(FLOOR, ceiling.dividedBy(10)), ceiling, random)
                : Jitter.between(MENDING, MENDING.multipliedBy(2), random);
        return setback.retryAfter().map(Backoff::bounded).orElse(Duration.ZERO).plus(own);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration ceiling(int failures) {
        // Six doublings pass the ceiling; more could overflow.
        Duration doubled = BASE.multipliedBy(1L << Math.min(failures - 1, 6));
        return doubled.compareTo(CEILING) < 0 ? doubled : CEILING;
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_WAIT_ASKED) < 0 ? asked : LONGEST_WAIT_ASKED;
    }
}
