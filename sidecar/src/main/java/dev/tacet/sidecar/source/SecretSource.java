package dev.tacet.sidecar.source;

import dev.tacet.sidecar.config.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A place that secrets are read from. One thread uses it at a time.
 *
 * <p>What can be expected to go wrong is a result, never an exception; its text may be shown. Nothing is retried here.
 */
public interface SecretSource extends AutoCloseable {

    /** Reads one secret whole, in one request, logging in first where that is needed. */
    Fetch fetch(Origin origin);

    /**
     * Asks for a lease to be extended.
     *
     * @param wanted for how long from now on
     */
    default Renewal renew(Lease lease, Duration wanted) {
        return new Renewal.Over("this source has no leases");
    }

    /** Ends a lease or certificate early; what failed, if it did. One that is not there any more is no failure. */
    default Optional<Failure> revoke(Lease lease) {
        return Optional.empty();
    }

    /** Looks after the source's own credential where that is due. Returns when to call again. */
    default Instant tend(Instant now) {
        return Instant.MAX;
    }

    /** When all that hangs on the credential {@code parent} ends with it, once another credential is in its place. */
    default Optional<Instant> endOf(String parent) {
        return Optional.empty();
    }

    /** The credential to keep over a restart. */
    default Optional<Credential> credential() {
        return Optional.empty();
    }

    /** Goes on with a credential that a predecessor kept; before the first request. */
    default void resume(Credential kept) {}

    /**
     * Ends all that was obtained, and the source's own credential where that is nobody else's. What fails is left to
     * its TTL.
     *
     * @param leases what is held
     */
    default void end(List<Lease> leases) {
        leases.forEach(this::revoke);
    }

    /** Calls {@code changed}, on any thread, when this source sees by itself that a secret may have changed. */
    default void watch(Runnable changed) {}

    @Override
    void close();
}
