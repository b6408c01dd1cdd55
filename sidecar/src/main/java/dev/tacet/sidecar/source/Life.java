package dev.tacet.sidecar.source;

import java.time.Duration;
import java.util.Optional;

/** How long what was read stays good, as its source says; spans are from the moment of the answer. */
public sealed interface Life {

    /** What ends it early, where something does. */
    default Optional<Lease> end() {
        return Optional.empty();
    }

    /** Until somebody changes it. */
    record Unbounded() implements Life {}

    /** Until the vault itself replaces it. */
    record Rotating(Duration left) implements Life {}

    /** Until its own end, which nothing moves: a certificate. */
    record Expiring(Duration left, Optional<Lease> end) implements Life {}

    /** Until the lease ends, which may be renewed. */
    record Leased(Lease lease) implements Life {
        @Override
        public Optional<Lease> end() {
            return Optional.of(lease);
        }
    }
}
