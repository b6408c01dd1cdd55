package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tacet.sidecar.config.Origin;
import io.github.jopenlibs.vault.json.JsonArray;
import io.github.jopenlibs.vault.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request for a secret, and how the answer to it reads.
 *
 * @param path where it goes
 * @param body what is written; nothing for a read
 * @param answer reads a success
 */
record VaultQuery(ApiPath path, Map<String, Object> body, Answer answer) {

    /** Reads the body of a success. */
    interface Answer {
        Fetch read(VaultReply reply, String accessor) throws SourceException;
    }

    boolean isRead() {
        return body.isEmpty();
    }

    /** What asks for {@code origin}, which is one in a vault. */
    static VaultQuery of(Origin origin) throws SourceException {
        if (origin instanceof Origin.Kv2 kv) {
            ApiPath path = ApiPath.data(new SecretPath(kv.mount(), kv.path()));
            ApiPath versioned =
                    kv.version().isPresent() ? path.with("version", kv.version().getAsInt()) : path;
            return new VaultQuery(versioned, Map.of(), (reply, accessor) -> Answers.kv2(kv, reply));
        }
        if (origin instanceof Origin.Kv1 kv) {
            ApiPath path = ApiPath.of(kv.mount() + "/" + kv.path());
            return new VaultQuery(path, Map.of(), (reply, accessor) -> Answers.plain(kv, reply));
        }
        if (origin instanceof Origin.Dynamic dynamic) {
            return new VaultQuery(
                    ApiPath.of(dynamic.path()),
                    Map.copyOf(dynamic.parameters()),
                    (reply, accessor) -> Answers.leased(dynamic, reply, accessor));
        }
        if (origin instanceof Origin.StaticRole role) {
            return new VaultQuery(
                    ApiPath.of(role.path()), Map.of(), (reply, accessor) -> Answers.rotating(role, reply));
        }
        if (origin instanceof Origin.Certificate certificate) {
            return certificate(certificate);
        }
        if (origin instanceof Origin.Decrypted decrypted) {
            JsonArray batch = new JsonArray();
            decrypted.ciphertexts().values().forEach(text -> batch.add(new JsonObject().add("ciphertext", text)));
            return new VaultQuery(
                    ApiPath.of(decrypted.path()),
                    Map.of("batch_input", batch),
                    (reply, accessor) -> Answers.decrypted(decrypted, reply));
        }
        if (origin instanceof Origin.Logical logical) {
            return new VaultQuery(
                    ApiPath.of(logical.path()),
                    Map.copyOf(logical.parameters()),
                    (reply, accessor) -> Answers.anything(logical, reply, accessor));
        }
        throw new IllegalArgumentException("not in a vault: " + origin.path());
    }

    private static VaultQuery certificate(Origin.Certificate certificate) throws SourceException {
        Map<String, Object> body = new LinkedHashMap<>(certificate.parameters());
        if (!certificate.isSigned()) {
            return new VaultQuery(
                    ApiPath.of(certificate.path()),
                    body,
                    (reply, accessor) -> Certificates.issued(certificate, reply, accessor));
        }
        SigningRequest request = SigningRequest.make(certificate.parameters());
        body.put("csr", request.pem());
        body.remove("key_type"); // ours: the engine takes the key as it is
        return new VaultQuery(
                ApiPath.of(certificate.path()),
                body,
                (reply, accessor) -> Certificates.signed(certificate, request.key(), reply, accessor));
    }

    /** The part of an answer that holds the secret. */
    static JsonNode data(VaultReply reply) {
        return reply.body().path("data");
    }
}
