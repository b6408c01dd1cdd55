package dev.tacet.sidecar;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tacet.sidecar.health.Meters;
import dev.tacet.sidecar.health.Meters.Counter;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.RequestListener.Operation;
import dev.tacet.sidecar.state.State.Intent;
import dev.tacet.sidecar.volume.Manifest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One line of JSON for each thing that was done, and a count of it, with whatever helps to find the vault's own audit entry: accessor,
 * path, lease id, version and generation. Never a value.
 */
final class Audit {
    private final Meters meters;
    private final Consumer<String> lines;

    /** @param lines takes each line; the core's thread calls it, and that of the notifier */
    Audit(Meters meters, Consumer<String> lines) {
        this.meters = meters;
        this.lines = lines;
    }

    /** A request to a vault was answered, or failed. */
    void request(Operation operation, String subject, String accessor, Optional<Failure> failure) {
        String op = operation.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String outcome = failure.map(Audit::outcome).orElse("ok");
        meters.count(Counter.VAULT_REQUESTS, op, outcome);
        ObjectNode line = line(op);
        put(line, "subject", subject);
        put(line, "accessor", accessor);
        line.put("outcome", outcome);
        lines.accept(line.toString());
    }

    /** A generation is in force. */
    void published(Manifest manifest) {
        meters.count(Counter.PUBLISHES, "ok");
        ObjectNode line = line("publish").put("generation", manifest.generation());
        ObjectNode versions = line.putObject("versions");
        manifest.secrets().forEach((name, secret) -> versions.put(name, secret.version()));
        lines.accept(line.toString());
    }

    /** A publish failed at the volume. */
    void notPublished() {
        meters.count(Counter.PUBLISHES, "volume");
        lines.accept(line("publish").put("outcome", "volume").toString());
    }

    /** The peers were told of it. */
    void notified(String channel, String generation, String outcome) {
        meters.count(Counter.NOTIFICATIONS, channel, outcome);
        lines.accept(line("notify")
                .put("channel", channel)
                .put("generation", generation)
                .put("outcome", outcome)
                .toString());
    }

    /** An application said that a server refused a version. */
    void rejected(String secret, String version, Heed heed) {
        meters.count(Counter.REJECTS, heed.word());
        lines.accept(line("reject")
                .put("secret", secret)
                .put("version", version)
                .put("outcome", heed.word())
                .toString());
    }

    /** Something that a predecessor may have made, and of which nothing is known: it ends at its TTL. */
    void orphan(Intent intent) {
        ObjectNode line = line("orphan").put("operation", intent.operation());
        put(line, "subject", intent.subject());
        lines.accept(line.put("since", intent.since().toString()).toString());
    }

    private static String outcome(Failure failure) {
        return failure.kind().name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode line(String operation) {
        return JsonNodeFactory.instance.objectNode().put("audit", operation);
    }

    private static void put(ObjectNode line, String key, String value) {
        if (!value.isEmpty()) {
            line.put(key, value);
        }
    }
}
