package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.rotation.Term;
import java.time.Instant;
import java.util.Map;

/**
 * A source's own credential, as a state keeps it over a restart.
 *
 * @param token the token
 * @param accessor a handle for audit lines, and what its leases name as their parent
 * @param term how long it lasts; a TTL of zero is for ever
 * @param batch whether it is a batch token
 * @param ends by accessor, when those end that it took the place of: some leases may hang on them yet
 */
public record Credential(SecretValue token, String accessor, Term term, boolean batch, Map<String, Instant> ends) {
    public Credential {
        ends = Map.copyOf(ends);
    }

    @Override
    public String toString() {
        return "Credential[" + accessor + "]";
    }
}
