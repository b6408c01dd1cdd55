package dev.tacet.sidecar.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of a vault's answer when its body is withheld.
 *
 * @param status the HTTP status code
 * @param complaint what an error body said, as far as the status alone does not
 * @param retryAfter the header of that name, as a span from now
 * @param date what the server's clock said
 */
record VaultAnswer(int status, Complaint complaint, Optional<Duration> retryAfter, Optional<Instant> date) {

    /** The errors that share a status with others. */
    enum Complaint {
        NONE,
        /** 503: sealed, or not initialised. */
        SEALED,
        /** 404: no engine or auth method is mounted there. */
        NO_MOUNT,
        /** 404: the request's namespace does not exist. */
        NO_NAMESPACE,
        /** 404 with a body: the path is there, its current version is deleted or destroyed. */
        DELETED
    }
}
