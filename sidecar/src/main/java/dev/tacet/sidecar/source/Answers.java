package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the engines answer. Sources: the API pages of KV v1 and v2, the database engine (static roles) and transit.
 *
 * <p>A string is its UTF-8 bytes; a number or a boolean its JSON text; an object or an array its compact JSON text;
 * {@code null} is a key without a value, as if it were missing. A version is empty where an engine counts none.
 */
final class Answers {
    /** What a static role's answer says of itself: it changes with each reading, or is no part of the credential. */
    private static final Set<String> ABOUT_THE_ROTATION =
            Set.of("ttl", "last_vault_rotation", "rotation_period", "rotation_schedule", "rotation_window");

    private Answers() {}

    static Fetch kv2(Origin.Kv2 origin, VaultReply reply) throws SourceException {
        JsonNode data = VaultQuery.data(reply).path("data");
        JsonNode version = VaultQuery.data(reply).path("metadata").path("version");
        if (!data.isObject() || !version.isIntegralNumber()) {
            throw unusable(
                    "the engine at " + origin.mount() + "/ is not KV version 2",
                    "name a mount of type kv with the option version=2, or write engine: kv1");
        }
        return new Fetch.Found(new SecretData(version.asText(), values(data)));
    }

    static Fetch plain(Origin origin, VaultReply reply) throws SourceException {
        return new Fetch.Found(new SecretData("", values(object(origin, reply))));
    }

    static Fetch leased(Origin origin, VaultReply reply, String accessor) throws SourceException {
        SecretData data = new SecretData("", values(object(origin, reply)));
        Lease lease = lease(reply, accessor)
                .orElseThrow(() -> unusable(
                        "the answer at " + origin.path() + " carries no lease",
                        "write engine: logical for a path that makes no credential of its own"));
        return new Fetch.Found(data, new Life.Leased(lease));
    }

    static Fetch anything(Origin origin, VaultReply reply, String accessor) throws SourceException {
        SecretData data = new SecretData("", values(object(origin, reply)));
        Optional<Lease> lease = lease(reply, accessor);
        return lease.isPresent() ? new Fetch.Found(data, new Life.Leased(lease.get())) : new Fetch.Found(data);
    }

    static Fetch rotating(Origin origin, VaultReply reply) throws SourceException {
        JsonNode data = object(origin, reply);
        JsonNode ttl = data.path("ttl");
        boolean credential = data.path("password").isTextual()
                || data.path("rsa_private_key").isTextual();
        if (!ttl.isIntegralNumber() || !credential) {
            throw unusable(
                    "the answer at " + origin.path() + " is not that of a static role",
                    "name a path such as database/static-creds/report");
        }
        boolean empty = data.path("password").isTextual()
                && data.path("password").textValue().isEmpty();
        if (ttl.longValue() <= 0 || empty) {
            return new Fetch.Changing();
        }
        SortedMap<String, SecretValue> values = values(data);
        values.keySet().removeAll(ABOUT_THE_ROTATION);
        return new Fetch.Found(new SecretData("", values), new Life.Rotating(Duration.ofSeconds(ttl.longValue())));
    }

    static Fetch decrypted(Origin.Decrypted origin, VaultReply reply) throws SourceException {
        Iterator<JsonNode> results =
                VaultQuery.data(reply).path("batch_results").iterator();
        SortedMap<String, SecretValue> values = new TreeMap<>();
        for (String name : origin.ciphertexts().keySet()) {
            JsonNode plaintext = results.hasNext() ? results.next().path("plaintext") : VaultQuery.data(reply);
            if (!plaintext.isTextual()) {
                throw unusable(
                        "the vault does not decrypt the ciphertext of " + name + " at " + origin.path(),
                        "encrypt it again with that key; it must be whole, and of a version that may still be decrypted");
            }
            values.put(name, SecretValue.of(Base64.getDecoder().decode(plaintext.textValue())));
        }
        return new Fetch.Found(new SecretData("", values));
    }

    static SortedMap<String, SecretValue> values(JsonNode data) {
        SortedMap<String, SecretValue> values = new TreeMap<>();
        data.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (!value.isNull()) {
                values.put(
                        member.getKey(), SecretValue.ofUtf8(value.isTextual() ? value.textValue() : value.toString()));
            }
        });
        return values;
    }

    static JsonNode object(Origin origin, VaultReply reply) throws SourceException {
        JsonNode data = VaultQuery.data(reply);
        if (!data.isObject()) {
            throw unusable(
                    "the answer at " + origin.path() + " holds no data",
                    "name a path whose `bao read` or `bao write` prints keys and values");
        }
        return data;
    }

    private static Optional<Lease> lease(VaultReply reply, String accessor) {
        String id = reply.body().path("lease_id").asText("");
        Duration ttl = Duration.ofSeconds(reply.body().path("lease_duration").asLong());
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new Lease(
                        Lease.Kind.LEASE,
                        id,
                        ttl,
                        reply.body().path("renewable").asBoolean(),
                        accessor));
    }

    static SourceException unusable(String message, String hint) {
        return new SourceException(Failure.Kind.CONFIGURATION, message, hint);
    }
}
