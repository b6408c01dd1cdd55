package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a token is used for. Whatever fails is a {@link SourceException} with nothing of an answer's text in it. */
final class VaultApi {
    private static final ApiPath RENEW = new ApiPath("sys/leases/renew");
    private static final ApiPath REVOKE = new ApiPath("sys/leases/revoke");

    private final VaultTransport transport;
    private final VaultFailures failures;

    VaultApi(VaultTransport transport, VaultFailures failures) {
        this.transport = transport;
        this.failures = failures;
    }

    /** A secret, in one request. */
    Fetch read(Origin origin, VaultToken token) throws SourceException {
        if (token.batch() && origin instanceof Origin.Dynamic) {
            throw Answers.unusable(
                    "the token is a batch token, which can neither renew nor revoke the leases of " + origin.path(),
                    "have the auth method's role make service tokens: token_type=service");
        }
        VaultQuery query = VaultQuery.of(origin);
        VaultReply reply = query.isRead()
                ? transport.read(query.path(), Optional.of(token.value()))
                : transport.write(query.path(), query.body(), Optional.of(token.value()));
        if (!reply.isSuccess()) {
            throw failures.reading(origin, query, reply.answer());
        }
        return query.answer().read(reply, token.accessor());
    }

    /**
     * Extends a lease; its id goes in the body, as the policy {@code default} allows it.
     *
     * @return the lease as it is granted now; empty when the vault has no such lease, or does not extend it any more
     */
    Optional<Lease> renew(Lease lease, Duration wanted, SecretValue token) throws SourceException {
        VaultReply reply = transport.write(
                RENEW, Map.of("lease_id", lease.id(), "increment", wanted.toSeconds()), Optional.of(token));
        int status = reply.answer().status();
        if (status == 400 || status == 404) {
            return Optional.empty();
        }
        if (!reply.isSuccess()) {
            throw failures.ending("renewing a lease", reply.answer());
        }
        Duration ttl = Duration.ofSeconds(reply.body().path("lease_duration").asLong());
        return Optional.of(lease.granted(ttl, reply.body().path("renewable").asBoolean()));
    }

    /** Ends a lease or a certificate. One that the vault does not know is at its end. */
    void revoke(Lease lease, SecretValue token) throws SourceException {
        VaultReply reply = switch (lease.kind()) {
            case LEASE -> transport.write(REVOKE, Map.of("lease_id", lease.id()), Optional.of(token));
            case CERTIFICATE -> {
                int space = lease.id().indexOf(' ');
                yield transport.write(
                        ApiPath.of(lease.id().substring(0, space) + "/revoke"),
                        Map.of("serial_number", lease.id().substring(space + 1)),
                        Optional.of(token));
            }
        };
        int status = reply.answer().status();
        if (!reply.isSuccess() && status != 400 && status != 404) {
            throw failures.ending(
                    lease.kind() == Lease.Kind.LEASE ? "revoking a lease" : "revoking a certificate", reply.answer());
        }
    }
}
