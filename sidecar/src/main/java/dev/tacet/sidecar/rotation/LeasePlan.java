package dev.tacet.sidecar.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When to renew what has an end, and when to get another instead.
 *
 * <ol>
 *   <li>Renew when about two thirds of the time are over: 0.6 to 0.7 of it, so that pods started together part.
 *   <li>A renewal that fails is retried with backoff as long as the end is farther than a margin; only then another is
 *       obtained. A blip of the vault costs no credential.
 *   <li>A renewal that grants clearly less than was asked for means that the longest time allowed is near: another is
 *       obtained within the next part of what is left, so that both overlap.
 *   <li>What cannot be renewed is replaced at the time at which it would be renewed.
 *   <li>What ends with its parent sooner than by itself is replaced at a random moment of the first two thirds of what
 *       is left, so that all that hangs on one token does not move at once.
 * </ol>
 *
 * <p>No step follows another within {@link #LEAST}, whatever a vault grants, so no TTL makes a hot loop. Holds no state
 * but the random source, and is as safe among threads as that is.
 */
public final class LeasePlan {
    /** The least time between two steps. */
    static final Duration LEAST = Duration.ofSeconds(1);
    /** What is left of a lease, at most, when trying to renew it is given up. */
    static final Duration MOST_MARGIN = Duration.ofSeconds(30);

    private static final double EARLIEST = 0.6;
    private static final double LATEST = 0.7;
    /** A renewal that grants less than this part of what was asked for is near the longest time allowed. */
    private static final double SHORT = 0.9;

    private final RandomGenerator random;
    private final Backoff backoff;

    public LeasePlan(RandomGenerator random) {
        this.random = random;
        this.backoff = new Backoff(random);
    }

    /** After a first grant, or a renewal that gave all that was asked for. */
    public Step afterGrant(Term term, Instant now) {
        Duration left = left(term.end(), now);
        boolean enough = term.ttl().toNanos() >= term.wanted().toNanos() * SHORT;
        if (!enough) {
            // 3: the earlier part of what is left; the rest is for an outage that may come just then.
            return Step.reissue(soon(now, part(left, 0, 1.0 / 3)));
        }
        Instant at = soon(now, part(left, EARLIEST, LATEST));
        return term.renewable() ? Step.renew(at) : Step.reissue(at);
    }

    /**
     * After a renewal that failed.
     *
     * @param failures how many there were in a row, the latest included; at least 1
     */
    public Step afterFailure(Term term, Setback setback, int failures, Instant now) {
        return afterWaiting(term, retry(setback, failures, now), now);
    }

    /** After a vault was left alone until {@code retry}. */
    public Step afterWaiting(Term term, Instant retry, Instant now) {
        Instant giveUp = term.end().minus(margin(term));
        return retry.isBefore(giveUp) ? Step.renew(retry) : Step.reissue(later(giveUp, now.plus(LEAST)));
    }

    /** When the parent ends sooner and gets no longer. */
    public Step beforeParentEnds(Instant parentEnd, Instant now) {
        return Step.reissue(soon(now, part(left(parentEnd, now), 0, 2.0 / 3)));
    }

    /** When to try again to get another. */
    public Instant retry(Setback setback, int failures, Instant now) {
        return now.plus(backoff.delay(setback, failures));
    }

    /** For a lease that is gone: another, but not for all pods in the same moment. */
    public Step afterLoss(Instant now) {
        return Step.reissue(now.plus(Jitter.between(Duration.ZERO, LEAST, random)));
    }

    /** How long before the end trying to renew is given up: a tenth of the time, at most 30 s. */
    static Duration margin(Term term) {
        Duration tenth = term.ttl().dividedBy(10);
        return tenth.compareTo(MOST_MARGIN) < 0 ? tenth : MOST_MARGIN;
    }

    private Duration part(Duration span, double least, double most) {
        return Jitter.between(scaled(span, least), scaled(span, most), random);
    }

    private static Duration scaled(Duration span, double factor) {
        return Duration.ofNanos((long) (span.toNanos() * factor));
    }

    private static Duration left(Instant end, Instant now) {
        Duration left = Duration.between(now, end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Instant soon(Instant now, Duration delay) {
        return now.plus(delay.compareTo(LEAST) > 0 ? delay : LEAST);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
