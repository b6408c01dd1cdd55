package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import java.time.Duration;

/**
 * A token as a login or a lookup gives it.
 *
 * @param value the token itself
 * @param accessor a handle for audit lines
 * @param ttl how long it lasts from then on; zero for ever
 * @param renewable whether it can be extended
 * @param batch whether it is a batch token, which can neither be renewed nor own leases that can
 */
record VaultToken(SecretValue value, String accessor, Duration ttl, boolean renewable, boolean batch) {
    @Override
    public String toString() {
        return "VaultToken[" + accessor + "]";
    }
}
