package dev.tacet.sidecar;

import dev.tacet.sidecar.rotation.RejectGate;
import java.time.Instant;
import java.util.Optional;

/**
 * What applications say of a secret that a server refused. An application may say it only once, so what comes while
 * there may be no other one yet is remembered, as long as that version is current. Only the core's thread uses it.
 */
final class Refusals {
    private final RejectGate gate = new RejectGate();
    private Optional<String> remembered = Optional.empty();

    /** An application says it of this version. */
    Heed heard(String version, Optional<String> current, Instant now) {
        if (!current.filter(version::equals).isPresent() || isRemembered(current)) {
            return Heed.NEVER;
        }
        if (gate.heeds(now)) {
            return Heed.NOW;
        }
        remembered = current;
        return Heed.LATER;
    }

    /** Whether what is current is to be replaced now, for what was remembered; it is forgotten then. */
    boolean takeDue(Optional<String> current, Instant now) {
        boolean due = isRemembered(current) && gate.heeds(now);
        if (due) {
            remembered = Optional.empty();
        }
        return due;
    }

    /** When to call that. */
    Instant next(Optional<String> current) {
        return isRemembered(current) ? gate.opensAt() : Instant.MAX;
    }

    private boolean isRemembered(Optional<String> current) {
        return remembered.isPresent() && remembered.equals(current);
    }
}
