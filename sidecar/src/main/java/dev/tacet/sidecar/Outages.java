package dev.tacet.sidecar;

import dev.tacet.sidecar.rotation.Backoff;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.SecretSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which sources do not answer, and until when each is left alone: one question at a time finds out whether it is back,
 * however many secrets wait for it. Only the core's thread uses it.
 */
final class Outages {
    private final Backoff backoff;
    private final Map<SecretSource, Outage> outages = new HashMap<>();

    /**
     * One of them.
     *
     * @param failure what the latest question met
     * @param failures how many questions in a row met such a thing
     * @param until when the next may be asked
     */
    record Outage(Failure failure, int failures, Instant until) {}

    Outages(Backoff backoff) {
        this.backoff = backoff;
    }

    /** What keeps {@code source} from being asked now. */
    Optional<Outage> of(SecretSource source, Instant now) {
        return Optional.ofNullable(outages.get(source)).filter(outage -> outage.until.isAfter(now));
    }

    /**
     * A question was asked.
     *
     * @param failure what it met, if it failed
     * @return the outage, if that is what it met
     */
    Optional<Outage> heard(SecretSource source, Optional<Failure> failure, Instant now) {
        Optional<Failure> met = failure.filter(Failure::isOfTheWholeSource);
        if (met.isEmpty()) {
            outages.remove(source);
            return Optional.empty();
        }
        int failures = 1
                + Optional.ofNullable(outages.get(source)).map(Outage::failures).orElse(0);
        Instant until = now.plus(backoff.delay(met.get().setback(), failures));
        Outage outage = new Outage(met.get(), failures, until);
        outages.put(source, outage);
        return Optional.of(outage);
    }

    /** There is news of a source: it may be back. */
    void doubt(SecretSource source) {
        outages.remove(source);
    }
}
