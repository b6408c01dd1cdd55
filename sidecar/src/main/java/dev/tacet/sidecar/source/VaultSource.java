package dev.tacet.sidecar.source;

import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.VaultSettings;
import dev.tacet.sidecar.rotation.LeasePlan;
import dev.tacet.sidecar.source.RequestListener.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Secrets of an OpenBao or Vault server, of every engine that {@link Origin} names; one request a fetch.
 *
 * <p>Logs in at the first fetch, and again when a token is refused, at most once a fetch. Nothing is retried here; when
 * to try again is the caller's. One thread uses it. Sources: OpenBao's API pages of the engines, of {@code sys/leases}
 * and of the auth methods.
 */
public final class VaultSource implements SecretSource {
    private final VaultTransport transport;
    private final VaultApi api;
    private final VaultLogins logins;
    private final VaultSession session;
    private final RequestListener listener;
    private final boolean ownsToken;

    /**
     * Opens nothing yet.
     *
     * @param listener hears of each credential before it is used, and of each request
     * @param clock for {@code Retry-After} dates and the age of a token
     * @param random for jitter
     */
    public VaultSource(VaultSettings settings, RequestListener listener, Clock clock, RandomGenerator random) {
        VaultFailures failures = new VaultFailures(settings.address(), settings.namespace());
        this.transport = new VaultTransport(settings, clock, failures);
        this.api = new VaultApi(transport, failures);
        this.logins = new VaultLogins(transport, failures);
        this.session = new VaultSession(
                new VaultLogin(logins, settings.auth(), listener, clock),
                logins,
                listener,
                new LeasePlan(random),
                clock);
        this.listener = listener;
        this.ownsToken = !(settings.auth() instanceof VaultSettings.TokenFile);
    }

    private interface Request<T> {
        T with(VaultToken token) throws SourceException;
    }

    @Override
    public Fetch fetch(Origin origin) {
        try {
            return told(Operation.READ, origin.path(), token -> again(token, another -> api.read(origin, another)));
        } catch (SourceException e) {
            return new Fetch.Failed(e.failure());
        }
    }

    @Override
    public Renewal renew(Lease lease, Duration wanted) {
        try {
            Optional<Lease> renewed =
                    told(Operation.RENEW, lease.id(), token -> api.renew(lease, wanted, token.value()));
            return renewed.isPresent()
                    ? new Renewal.Renewed(renewed.get())
                    : new Renewal.Over("the vault does not extend it any more");
        } catch (SourceException e) {
            boolean denied = e.failure().kind() == Failure.Kind.DENIED;
            return denied ? new Renewal.Over(e.failure().message()) : new Renewal.Failed(e.failure());
        }
    }

    @Override
    public Optional<Failure> revoke(Lease lease) {
        try {
            told(Operation.REVOKE, lease.id(), token -> {
                api.revoke(lease, token.value());
                return lease;
            });
            return Optional.empty();
        } catch (SourceException e) {
            return Optional.of(e.failure());
        }
    }

    @Override
    public Instant tend(Instant now) {
        return session.tend(now);
    }

    @Override
    public Optional<Instant> endOf(String parent) {
        return session.endOf(parent);
    }

    @Override
    public Optional<Credential> credential() {
        return session.credential();
    }

    @Override
    public void resume(Credential kept) {
        session.resume(kept);
    }

    @Override
    public void end(List<Lease> leases) {
        // A token from a file is somebody else's; one of our own takes its leases with it, in one request.
        List<Lease> alone = leases.stream()
                .filter(lease -> !ownsToken || lease.kind() == Lease.Kind.CERTIFICATE)
                .toList();
        alone.forEach(this::revoke);
        session.credential().filter(held -> ownsToken).ifPresent(this::revokeToken);
    }

    private void revokeToken(Credential held) {
        Optional<Failure> failure = Optional.empty();
        try {
            logins.revokeSelf(held.token());
        } catch (SourceException e) {
            failure = Optional.of(e.failure());
        }
        listener.after(Operation.REVOKE, "token", held.accessor(), failure);
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Makes a request, and tells the listener how it went. */
    private <T> T told(Operation operation, String subject, Request<T> request) throws SourceException {
        String accessor = "";
        try {
            VaultToken token = session.token();
            accessor = token.accessor();
            T answer = request.with(token);
            listener.after(operation, subject, accessor, Optional.empty());
            return answer;
        } catch (SourceException e) {
            listener.after(operation, subject, accessor, Optional.of(e.failure()));
            throw e;
        }
    }

    /** One whose token was refused is made once more with another, where there is cause to get one. */
    private <T> T again(VaultToken token, Request<T> request) throws SourceException {
        try {
            return request.with(token);
        } catch (SourceException e) {
            if (e.failure().kind() != Failure.Kind.DENIED) {
                throw e;
            }
            Optional<VaultToken> another = session.insteadOf(token);
            if (another.isEmpty()) {
                throw e;
            }
            return request.with(another.get());
        }
    }
}
