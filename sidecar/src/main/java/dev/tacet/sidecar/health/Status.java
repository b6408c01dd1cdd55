package dev.tacet.sidecar.health;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How things are at a moment. Names, versions and times, never a value.
 *
 * @param at when
 * @param generation the one in force, once there is one
 * @param published when it was
 * @param tokenEnds when the vault token ends, where it does
 * @param secrets in the order of the configuration
 */
public record Status(
        Instant at,
        Optional<String> generation,
        Optional<Instant> published,
        Optional<Instant> tokenEnds,
        List<Secret> secrets) {
    public Status {
        secrets = List.copyOf(secrets);
    }

    /** Before anything was done. */
    public static Status none(Instant at) {
        return new Status(at, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** Whether the application may start: a whole generation is there. */
    public boolean isStarted() {
        return generation.isPresent();
    }

    /** Whether it may be sent work: started, and no secret is staler than its configuration allows. */
    public boolean isReady() {
        return isStarted() && secrets.stream().allMatch(Secret::ready);
    }

    /**
     * One secret.
     *
     * @param version of the values that are held; empty while there are none
     * @param condition in a word
     * @param reason why it is not fresh, as a class of failure; empty when it is
     * @param lastRead when its source last gave it
     * @param staleSince since when it could not be kept fresh
     * @param ends when its lease or certificate does, where it has one
     * @param ready whether readiness may go on
     */
    public record Secret(
            String name,
            String version,
            Condition condition,
            String reason,
            Optional<Instant> lastRead,
            Optional<Instant> staleSince,
            Optional<Instant> ends,
            boolean ready) {}

    /** How a secret is. */
    public enum Condition {
        /** Not read yet. */
        PENDING,
        FRESH,
        /** Its last good values are in use. */
        STALE,
        /** Its credential has ended, and there is no other. */
        EXPIRED,
        /** Taken out of the volume, as its configuration asks. */
        REMOVED;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
