package dev.tacet.sidecar.rotation;

import java.time.Duration;
import java.time.Instant;

/**
 * How often an application's complaint about a credential may cause another one.
 *
 * <p>The first is heeded at once. Each one heeded closes the gate for a time that doubles from 30 s up to an hour, so a
 * pool that rejects whatever it gets makes no more than a few credentials an hour. A quiet spell of twice the latest
 * time, and it is as at first. One thread uses it.
 */
public final class RejectGate {
    static final Duration FIRST = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofHours(1);

    private Instant closedUntil = Instant.MIN;
    private Duration closure = Duration.ZERO;

    /** When one is heeded again. */
    public Instant opensAt() {
        return closedUntil;
    }

    /** Whether the one that came now is heeded. */
    public boolean heeds(Instant now) {
        if (now.isBefore(closedUntil)) {
            return false;
        }
        boolean quiet = closure.isZero() || !now.isBefore(closedUntil.plus(closure));
        Duration doubled = quiet ? FIRST : closure.multipliedBy(2);
        closure = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        closedUntil = now.plus(closure);
        return true;
    }
}
