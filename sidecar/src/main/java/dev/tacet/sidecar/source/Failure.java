package dev.tacet.sidecar.source;

import dev.tacet.sidecar.rotation.Setback;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a secret could not be read, in words that may be shown: names, paths and status codes, never a value and never
 * the text of a response.
 *
 * @param kind what to do about it
 * @param message what happened, as {@code tacet: error:} shows it: lower case, no full stop
 * @param hint what would be right, as {@code tacet: hint:} shows it
 * @param retryAfter how long the server asked to be left alone
 */
public record Failure(Kind kind, String message, String hint, Optional<Duration> retryAfter) {

    public Failure(Kind kind, String message, String hint) {
        this(kind, message, hint, Optional.empty());
    }

    /** What it means for the next attempt. */
    public Setback setback() {
        return new Setback(
                switch (kind) {
                    case OUTAGE, SEALED, RATE_LIMITED -> true;
                    case DENIED, NOT_FOUND, CONFIGURATION -> false;
                },
                retryAfter);
    }

    /** Whether any other request would meet the same. */
    public boolean isOfTheWholeSource() {
        return kind == Kind.OUTAGE || kind == Kind.SEALED;
    }

    /** The classes of failure; each has its own way of being retried. */
    public enum Kind {
        /** No answer, or one that says "later": connection, DNS, TLS, time-out, 5xx, 412. */
        OUTAGE,
        /** The server is there and sealed (503 with {@code sealed}), or not initialised. */
        SEALED,
        /** 429. */
        RATE_LIMITED,
        /** 401 or 403: the credential is refused or its policy is too narrow. */
        DENIED,
        /** No such path, or its version is deleted. */
        NOT_FOUND,
        /** What is there cannot be used as configured: wrong engine, wrong identity, tampered file, bad key. */
        CONFIGURATION
    }
}
