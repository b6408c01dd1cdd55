package dev.tacet.sidecar.rotation;

import java.time.Duration;
import java.time.Instant;

/**
 * What is known of the time of a lease, a token or a certificate.
 *
 * @param since when {@code ttl} was granted; for a first grant, when it was obtained
 * @param ttl for how long, from then on
 * @param wanted how long it was granted at first: what each renewal asks for
 * @param renewable whether it can be extended
 */
public record Term(Instant since, Duration ttl, Duration wanted, boolean renewable) {

    /** One just granted for the first time. */
    public static Term first(Instant now, Duration ttl, boolean renewable) {
        return new Term(now, ttl, ttl, renewable);
    }

    public Instant end() {
        return since.plus(ttl);
    }

    /** The same for what is not to be extended any more. */
    public Term withoutRenewal() {
        return new Term(since, ttl, wanted, false);
    }

    /** The same after a renewal. */
    public Term renewed(Instant now, Duration granted, boolean stillRenewable) {
        return new Term(now, granted, wanted, stillRenewable);
    }
}
