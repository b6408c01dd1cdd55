package dev.tacet.sidecar.source;

import java.time.Duration;

/**
 * What the vault calls a credential that it made, to renew or to revoke it.
 *
 * @param kind decides which requests take {@code id}
 * @param id no secret, but a handle: for audit lines and the state only
 * @param ttl how long it was granted for; zero for a certificate, whose end is its own
 * @param renewable whether the vault may extend it
 * @param parent the accessor of the token that it ends with; empty where that is not known
 */
public record Lease(Kind kind, String id, Duration ttl, boolean renewable, String parent) {

    /** What can be ended. */
    public enum Kind {
        /** A lease: {@code sys/leases/renew} and {@code sys/leases/revoke}. */
        LEASE,
        /** A certificate: {@code MOUNT/revoke}, its id is {@code MOUNT} and serial number with a space between. */
        CERTIFICATE
    }

    /** The same lease, granted for that long from now on. */
    public Lease granted(Duration granted, boolean stillRenewable) {
        return new Lease(kind, id, granted, stillRenewable, parent);
    }
}
