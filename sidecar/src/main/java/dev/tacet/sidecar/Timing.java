package dev.tacet.sidecar;

import dev.tacet.sidecar.rotation.Backoff;
import dev.tacet.sidecar.rotation.LeasePlan;
import dev.tacet.sidecar.rotation.PollSchedule;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a secret is to be read again.
 *
 * @param poll for what nothing else says when
 * @param lateness how long after the vault's own rotation this pod comes to see it
 * @param onlyOnce whether it cannot change: what was read stays
 */
record Timing(
        PollSchedule poll,
        LeasePlan plan,
        Backoff backoff,
        Duration lateness,
        boolean onlyOnce,
        RandomGenerator random) {
    private static final long SOON_LEAST = Duration.ofSeconds(1).toNanos();
    private static final long SOON_MOST = Duration.ofSeconds(5).toNanos();
    private static final long SPREAD = Duration.ofSeconds(10).toNanos();

    /** After a reading that gave something of that life. */
    Instant after(Life life, Holding holding, boolean before, Instant now) {
        if (!holding.isEmpty()) {
            return holding.next();
        }
        if (onlyOnce) {
            return Instant.MAX;
        }
        Instant poll = before ? this.poll.next(now) : this.poll.first(now);
        if (life instanceof Life.Rotating rotating) {
            // A second more: the vault rounds down.
            Instant rotated = now.plus(rotating.left()).plusSeconds(1).plus(lateness);
            return rotated.isBefore(poll) ? rotated : poll;
        }
        return poll;
    }

    /** After a failure. */
    Instant retry(Failure failure, int failures, Instant now) {
        return now.plus(backoff.delay(failure.setback(), failures));
    }

    /** For what is being changed at this moment: in 1 to 5 s. */
    Instant soon(Instant now) {
        return now.plusNanos(random.nextLong(SOON_LEAST, SOON_MOST + 1));
    }

    /** For much that has to be done and not all at once: within 10 s. */
    Instant spread(Instant now) {
        return now.plusNanos(random.nextLong(SPREAD));
    }
}
