package dev.tacet.sidecar.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when our clock and the vault's are far apart: certificates may then seem to have ended, or not to have begun.
 * Leases do not depend on it, since their times are spans. Once an hour; one thread uses it.
 */
final class ClockSkew {
    private static final Logger log = LoggerFactory.getLogger(ClockSkew.class);
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofHours(1);

    private Instant quietUntil = Instant.MIN;

    /** Returns whether it warned. */
    boolean look(Optional<Instant> theirs, Instant ours) {
        if (theirs.isEmpty() || ours.isBefore(quietUntil)) {
            return false;
        }
        Duration apart = Duration.between(theirs.get(), ours).abs();
        if (apart.compareTo(MOST) <= 0) {
            return false;
        }
        quietUntil = ours.plus(AGAIN);
        log.warn(
                "the clocks of this node and of the vault are {} s apart: set them right, certificates depend on it",
                apart.toSeconds());
        return true;
    }
}
