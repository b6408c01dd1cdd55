package dev.tacet.sidecar.rotation;

import java.time.Instant;

/**
 * What comes next for something that has an end.
 *
 * @param what to do
 * @param at when, at the earliest
 */
public record Step(What what, Instant at) {

    /** The two ways to keep a credential that ends. */
    public enum What {
        /** Extend the one there is. */
        RENEW,
        /** Get another one; both are valid for a while. */
        REISSUE
    }

    static Step renew(Instant at) {
        return new Step(What.RENEW, at);
    }

    static Step reissue(Instant at) {
        return new Step(What.REISSUE, at);
    }
}
