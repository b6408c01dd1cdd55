package dev.tacet.sidecar.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A status as JSON. */
public final class StatusJson {
    private StatusJson() {}

    /**
     * One object a line, as the socket carries them: first {@code {"type":"status",…}}, then one of {@code
     * {"type":"secret",…}} each, last {@code {"type":"end"}}.
     */
    public static List<String> lines(Status status, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(head(object().put("type", "status"), status, now).toString());
        for (Status.Secret secret : status.secrets()) {
            ObjectNode line = object().put("type", "secret").put("name", secret.name());
            lines.add(secret(line, secret, now).toString());
        }
        lines.add("{\"type\":\"end\"}");
        return lines;
    }

    /** One document, as probes answer it: the head, and the secrets by name. */
    static String document(Status status, Instant now) {
        ObjectNode root = head(object(), status, now);
        ObjectNode secrets = root.putObject("secrets");
        status.secrets().forEach(secret -> secrets.set(secret.name(), secret(object(), secret, now)));
        return root.toString();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode head(ObjectNode head, Status status, Instant now) {
        head.put("started", status.isStarted()).put("ready", status.isReady());
        status.generation().ifPresent(generation -> head.put("generation", generation));
        age(head, "published-ago", status.published(), now);
        left(head, "token-ends-in", status.tokenEnds(), now);
        return head;
    }

    private static ObjectNode secret(ObjectNode node, Status.Secret secret, Instant now) {
        node.put("state", secret.condition().word()).put("ready", secret.ready());
        if (!secret.version().isEmpty()) {
            node.put("version", secret.version());
        }
        if (!secret.reason().isEmpty()) {
            node.put("reason", secret.reason());
        }
        age(node, "age", secret.lastRead(), now);
        age(node, "stale-for", secret.staleSince(), now);
        left(node, "expires-in", secret.ends(), now);
        return node;
    }

    private static void age(ObjectNode node, String key, Optional<Instant> since, Instant now) {
        since.ifPresent(at -> node.put(key, Duration.between(at, now).toSeconds()));
    }

    private static void left(ObjectNode node, String key, Optional<Instant> end, Instant now) {
        end.ifPresent(at -> node.put(key, Duration.between(now, at).toSeconds()));
    }
}
