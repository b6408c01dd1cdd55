package dev.tacet.sidecar.state;

import dev.tacet.sidecar.rotation.Term;
import dev.tacet.sidecar.source.Credential;
import dev.tacet.sidecar.source.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a successor goes on with. Values are not in it: they are in the volume.
 *
 * @param owner equal when the same vault is asked by the same login
 * @param credential the vault token
 * @param secrets what is current
 * @param retired what was replaced and has not ended yet
 * @param intents effects in the vault that were begun, and not known to have come to anything
 */
public record State(
        String owner,
        Optional<Credential> credential,
        List<Current> secrets,
        List<Retired> retired,
        List<Intent> intents) {
    public State {
        secrets = List.copyOf(secrets);
        retired = List.copyOf(retired);
        intents = List.copyOf(intents);
    }

    /**
     * A secret as it is held.
     *
     * @param version that of the values, as published
     * @param origin equal when the same was asked for there: another configuration may ask for something else
     * @param held what ends it, where something does
     * @param due when it is to be read or renewed next
     * @param lastRead when it was read last
     * @param staleSince since when it could not be kept fresh
     */
    public record Current(
            String name,
            String version,
            String origin,
            Optional<Held> held,
            Instant due,
            Optional<Instant> lastRead,
            Optional<Instant> staleSince) {}

    /** Something that has an end, and its time. Either may be missing: a certificate that nobody revokes has no lease. */
    public record Held(Optional<Lease> lease, Term term) {}

    /**
     * What was replaced.
     *
     * @param version the one it belongs to
     * @param end when it ends by itself
     * @param published whether an application may have seen it
     * @param generation the one that replaced it, once that is published
     * @param deadline when it is ended at the latest; the end of time while its successor is not published
     */
    public record Retired(
            String secret,
            String version,
            Lease lease,
            Instant end,
            boolean published,
            Optional<String> generation,
            Instant deadline) {}

    /** An effect in the vault that was about to be. */
    public record Intent(String operation, String subject, Instant since) {}
}
