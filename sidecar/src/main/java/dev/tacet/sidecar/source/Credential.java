package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.rotation.Term;

/**
 * A source's own credential, as a state keeps it over a restart.
 *
 * @param token the token
 * @param accessor a handle for audit lines, and what its leases name as their parent
 * @param term how long it lasts; a TTL of zero is for ever
 * @param batch whether it is a batch token
 */
public record Credential(SecretValue token, String accessor, Term term, boolean batch) {
    @Override
    public String toString() {
        return "Credential[" + accessor + "]";
    }
}
