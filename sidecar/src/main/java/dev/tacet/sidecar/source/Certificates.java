package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a PKI engine answers: {@code certificate}, {@code issuing_ca}, {@code ca_chain}, {@code serial_number} and, where
 * it made the key, {@code private_key}. Source: the API page of the PKI secrets engine.
 */
final class Certificates {
    private Certificates() {}

    /** The engine made the key. */
    static Fetch issued(Origin.Certificate origin, VaultReply reply, String accessor) throws SourceException {
        SortedMap<String, SecretValue> values = Answers.values(Answers.object(origin, reply));
        if (!values.containsKey("private_key")) {
            throw Answers.unusable(
                    "the answer at " + origin.path() + " holds no private key", "name a path such as pki/issue/web");
        }
        return found(origin, values, reply, accessor);
    }

    /** The key was made here. */
    static Fetch signed(Origin.Certificate origin, SecretValue key, VaultReply reply, String accessor)
            throws SourceException {
        SortedMap<String, SecretValue> values = Answers.values(Answers.object(origin, reply));
        values.put("private_key", key);
        return found(origin, values, reply, accessor);
    }

    private static Fetch found(
            Origin.Certificate origin, SortedMap<String, SecretValue> values, VaultReply reply, String accessor)
            throws SourceException {
        JsonNode data = VaultQuery.data(reply);
        X509Certificate leaf = parse(origin, data.path("certificate").asText());
        // What is left of it by the clock of the one who made it: ours may be wrong.
        Instant now = reply.answer().date().orElseGet(() -> leaf.getNotBefore().toInstant());
        Duration left = Duration.between(now, leaf.getNotAfter().toInstant());
        if (left.isNegative() || left.isZero()) {
            throw Answers.unusable(
                    "the certificate of " + origin.path() + " has ended already", "ask for a longer ttl in parameters");
        }
        return new Fetch.Found(new SecretData("", values), new Life.Expiring(left, end(origin, data, reply, accessor)));
    }

    private static Optional<Lease> end(Origin.Certificate origin, JsonNode data, VaultReply reply, String accessor) {
        String leaseId = reply.body().path("lease_id").asText("");
        if (!leaseId.isEmpty()) {
            return Optional.of(new Lease(Lease.Kind.LEASE, leaseId, Duration.ZERO, false, accessor));
        }
        if (!origin.revoke()) {
            return Optional.empty();
        }
        String mount = origin.path().replaceFirst("/(issue|sign)/[^/]+$", "");
        String id = mount + " " + data.path("serial_number").asText();
        return Optional.of(new Lease(Lease.Kind.CERTIFICATE, id, Duration.ZERO, false, ""));
    }

    private static X509Certificate parse(Origin.Certificate origin, String pem) throws SourceException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw Answers.unusable(
                    "the answer at " + origin.path() + " holds no certificate in PEM",
                    "leave format out of parameters, or write format: pem");
        }
    }
}
