package dev.tacet.sidecar;

import dev.tacet.sidecar.config.SecretSettings.OutageContract;
import dev.tacet.sidecar.config.SecretSettings.Reaction;
import dev.tacet.sidecar.health.Status;
import dev.tacet.sidecar.source.Failure;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Whether a secret could be kept fresh, and what its contract asks for when it could not. Only the core's thread uses it. */
final class Freshness {
    /** So many refusals in a row are not the moment in which somebody edits a policy. */
    private static final int CONFIRMED = 3;

    private final OutageContract contract;
    private Optional<Failure> failure = Optional.empty();
    private Optional<Instant> staleSince = Optional.empty();
    private Reaction reaction = Reaction.KEEP;
    private boolean expired;
    private int denials;

    Freshness(OutageContract contract) {
        this.contract = contract;
    }

    /** What the latest attempt met, if it failed. */
    Optional<Failure> failure() {
        return failure;
    }

    Optional<Instant> staleSince() {
        return staleSince;
    }

    /** What has been done about it. */
    Reaction reaction() {
        return reaction;
    }

    /** Whether its credential has ended, and that was heeded. */
    boolean hasExpired() {
        return expired;
    }

    /** Goes on where a predecessor was. */
    void resume(Optional<Instant> since) {
        staleSince = since;
    }

    /** It is as its source has it. */
    void renewed() {
        failure = Optional.empty();
        staleSince = Optional.empty();
        reaction = Reaction.KEEP;
        expired = false;
        denials = 0;
    }

    /** Its source answered, but has nothing that could be used yet. */
    void answered() {
        failure = Optional.empty();
    }

    /** An attempt to extend its credential, which is good in any case. */
    void extended(Optional<Failure> failed) {
        failure = failed;
    }

    /**
     * An attempt to read it failed.
     *
     * @param inUse whether there are values that nothing but this source keeps good
     * @return what to do about them
     */
    Reaction failed(Failure reason, boolean inUse, Instant now) {
        failure = Optional.of(reason);
        denials = reason.kind() == Failure.Kind.DENIED ? denials + 1 : 0;
        if (!inUse) {
            return Reaction.KEEP;
        }
        staleFrom(now);
        if (reason.kind() == Failure.Kind.NOT_FOUND) {
            return react(contract.onDeleted());
        }
        return denials >= CONFIRMED ? react(contract.onForbidden()) : Reaction.KEEP;
    }

    /** Its credential has ended, and there is no other. Returns what to do about the values. */
    Reaction expired(Instant now) {
        expired = true;
        staleFrom(now);
        return react(contract.onExpired());
    }

    /** Whether it has been stale for longer than it may be. */
    boolean isTooStale(Instant now) {
        return contract.maxStale()
                .flatMap(most -> staleSince.filter(since -> since.plus(most).isBefore(now)))
                .isPresent();
    }

    /** @param there whether there are values; {@code ended} whether their credential has ended */
    Status.Condition condition(boolean there, boolean ended) {
        if (!there) {
            return reaction == Reaction.KEEP ? Status.Condition.PENDING : Status.Condition.REMOVED;
        }
        if (ended) {
            return Status.Condition.EXPIRED;
        }
        return staleSince.isPresent() ? Status.Condition.STALE : Status.Condition.FRESH;
    }

    /** The class of the latest failure; empty when there is none. */
    String reason() {
        return failure.map(it -> it.kind().name().toLowerCase(Locale.ROOT)).orElse("");
    }

    private void staleFrom(Instant now) {
        if (staleSince.isEmpty()) {
            staleSince = Optional.of(now);
        }
    }

    private Reaction react(Reaction wanted) {
        if (wanted != Reaction.KEEP) {
            reaction = wanted;
        }
        return wanted;
    }
}
