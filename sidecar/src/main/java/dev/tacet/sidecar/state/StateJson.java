package dev.tacet.sidecar.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.rotation.Term;
import dev.tacet.sidecar.source.Credential;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.state.State.Current;
import dev.tacet.sidecar.state.State.Held;
import dev.tacet.sidecar.state.State.Intent;
import dev.tacet.sidecar.state.State.Retired;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A state as JSON. The same state gives the same bytes, so an unchanged one need not be written again.
 */
final class StateJson {
    private static final int VERSION = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private StateJson() {}

    static byte[] write(State state) throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode().put("v", VERSION).put("owner", state.owner());
        state.credential().ifPresent(credential -> {
            ObjectNode node = root.putObject("credential")
                    .put(
                            "token",
                            Base64.getEncoder()
                                    .encodeToString(credential.token().reveal()))
                    .put("accessor", credential.accessor())
                    .put("batch", credential.batch());
            term(node, credential.term());
            ObjectNode ends = node.putObject("ends");
            new TreeMap<>(credential.ends()).forEach((accessor, end) -> ends.put(accessor, end.toString()));
        });
        for (Current secret : state.secrets()) {
            ObjectNode node = root.withArray("secrets")
                    .addObject()
                    .put("name", secret.name())
                    .put("version", secret.version())
                    .put("origin", secret.origin())
                    .put("due", secret.due().toString());
            secret.lastRead().ifPresent(when -> node.put("read", when.toString()));
            secret.staleSince().ifPresent(when -> node.put("stale", when.toString()));
            secret.held().ifPresent(held -> {
                ObjectNode end = node.putObject("held");
                term(end, held.term());
                held.lease().ifPresent(lease -> lease(end, lease));
            });
        }
        for (Retired retired : state.retired()) {
            ObjectNode node = root.withArray("retired")
                    .addObject()
                    .put("secret", retired.secret())
                    .put("version", retired.version())
                    .put("end", retired.end().toString())
                    .put("published", retired.published())
                    .put("deadline", retired.deadline().toString());
            retired.generation().ifPresent(generation -> node.put("generation", generation));
            lease(node, retired.lease());
        }
        for (Intent intent : state.intents()) {
            root.withArray("intents")
                    .addObject()
                    .put("operation", intent.operation())
                    .put("subject", intent.subject())
                    .put("since", intent.since().toString());
        }
        return JSON.writeValueAsBytes(root);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException when it is no JSON
     * @throws IllegalArgumentException when it is of another form or version
     */
    static State read(byte[] bytes) throws IOException {
        JsonNode root = JSON.readTree(bytes);
        if (root == null || root.path("v").asInt() != VERSION) {
            throw new IllegalArgumentException("not a state of version " + VERSION);
        }
        List<Current> secrets = new ArrayList<>();
        for (JsonNode node : root.path("secrets")) {
            secrets.add(current(node));
        }
        List<Retired> retired = new ArrayList<>();
        for (JsonNode node : root.path("retired")) {
            retired.add(new Retired(
                    text(node, "secret"),
                    text(node, "version"),
                    lease(node).orElseThrow(() -> new IllegalArgumentException("no lease")),
                    instant(node, "end"),
                    node.path("published").asBoolean(),
                    node.has("generation") ? Optional.of(text(node, "generation")) : Optional.empty(),
                    instant(node, "deadline")));
        }
        List<Intent> intents = new ArrayList<>();
        for (JsonNode node : root.path("intents")) {
            intents.add(new Intent(text(node, "operation"), text(node, "subject"), instant(node, "since")));
        }
        return new State(text(root, "owner"), credential(root), secrets, retired, intents);
    }

    private static Optional<Credential> credential(JsonNode root) {
        JsonNode node = root.path("credential");
        return node.isObject()
                ? Optional.of(new Credential(
                        SecretValue.of(Base64.getDecoder().decode(text(node, "token"))),
                        text(node, "accessor"),
                        term(node),
                        node.path("batch").asBoolean(),
                        ends(node.path("ends"))))
                : Optional.empty();
    }

    private static Map<String, Instant> ends(JsonNode node) {
        Map<String, Instant> ends = new TreeMap<>();
        node.properties()
                .forEach(entry ->
                        ends.put(entry.getKey(), Instant.parse(entry.getValue().asText())));
        return ends;
    }

    private static Current current(JsonNode node) {
        return new Current(
                text(node, "name"),
                text(node, "version"),
                text(node, "origin"),
                node.has("held") ? Optional.of(held(node.path("held"))) : Optional.empty(),
                instant(node, "due"),
                node.has("read") ? Optional.of(instant(node, "read")) : Optional.empty(),
                node.has("stale") ? Optional.of(instant(node, "stale")) : Optional.empty());
    }

    private static Held held(JsonNode node) {
        return new Held(lease(node), term(node));
    }

    private static void term(ObjectNode node, Term term) {
        node.put("since", term.since().toString())
                .put("ttl", term.ttl().toString())
                .put("wanted", term.wanted().toString())
                .put("renewable", term.renewable());
    }

    private static Term term(JsonNode node) {
        return new Term(
                instant(node, "since"),
                Duration.parse(text(node, "ttl")),
                Duration.parse(text(node, "wanted")),
                node.path("renewable").asBoolean());
    }

    private static void lease(ObjectNode node, Lease lease) {
        node.putObject("lease")
                .put("kind", lease.kind().name())
                .put("id", lease.id())
                .put("ttl", lease.ttl().toString())
                .put("renewable", lease.renewable())
                .put("parent", lease.parent());
    }

    private static Optional<Lease> lease(JsonNode owner) {
        JsonNode node = owner.path("lease");
        return node.isObject()
                ? Optional.of(new Lease(
                        Lease.Kind.valueOf(text(node, "kind")),
                        text(node, "id"),
                        Duration.parse(text(node, "ttl")),
                        node.path("renewable").asBoolean(),
                        text(node, "parent")))
                : Optional.empty();
    }

    private static Instant instant(JsonNode node, String key) {
        return Instant.parse(text(node, key));
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("no text: " + key);
        }
        return value.textValue();
    }
}
