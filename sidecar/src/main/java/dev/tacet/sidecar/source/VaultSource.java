package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.VaultSettings;
import java.time.Clock;
import java.util.Optional;

/**
 * Reads KV v2 secrets of an OpenBao or Vault server: one request a fetch, of {@code MOUNT/data/PATH}, whose answer
 * carries the version.
 *
 * <p>Logs in at the first fetch, and again when a token is refused, at most once a fetch. Nothing is retried here; when
 * to try again is the caller's. One thread uses it. Sources: the API pages "KV secrets engine v2", "AppRole" and
 * "token" of OpenBao.
 */
public final class VaultSource implements SecretSource {
    private final VaultTransport transport;
    private final VaultApi api;
    private final VaultLogin login;

    /**
     * Opens nothing yet.
     *
     * @param listener hears of each secret id and token before it is used
     * @param clock for {@code Retry-After} dates and the age of a token
     */
    public VaultSource(VaultSettings settings, CredentialListener listener, Clock clock) {
        VaultFailures failures = new VaultFailures(settings.address(), settings.namespace());
        this.transport = new VaultTransport(settings, clock, failures);
        this.api = new VaultApi(transport, failures);
        this.login = new VaultLogin(new VaultLogins(transport, failures), settings.auth(), listener, clock);
    }

    @Override
    public Fetch fetch(SecretPath path) {
        try {
            return new Fetch.Found(read(path));
        } catch (SourceException e) {
            return new Fetch.Failed(e.failure());
        }
    }

    private SecretData read(SecretPath path) throws SourceException {
        SecretValue token = login.token();
        try {
            return api.read(path, token);
        } catch (SourceException e) {
            if (e.failure().kind() != Failure.Kind.DENIED) {
                throw e;
            }
            Optional<SecretValue> another = login.insteadOf(token);
            if (another.isEmpty()) {
                throw e;
            }
            return api.read(path, another.get());
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
