package dev.tacet.sidecar.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tacet.redactor.volume.VolumeLayout;
import dev.tacet.sidecar.notify.OperatorLink;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tacet status}: asks a running sidecar how things are. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Asks the sidecar of a volume how things are, over the volume's socket. Names and times only.",
            "",
            "Ends with 0 when it is ready, with 4 when it is not or does not answer."
        })
final class StatusCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--volume",
            paramLabel = "DIR",
            defaultValue = "/run/tacet",
            description = "The volume. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path volume;

    @Option(names = "--json", description = "One JSON document instead of a table.")
    private boolean json;

    @Option(
            names = "--quit",
            description = "Ask it to end instead, and to leave nothing behind; allow-quit: true permits that.")
    private boolean quit;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path socket = volume.resolve(VolumeLayout.CONTROL).resolve(VolumeLayout.SOCKET);
        try {
            if (quit) {
                OperatorLink.quit(socket);
                return ExitCodes.OK;
            }
            return print(OperatorLink.status(socket));
        } catch (IOException e) {
            throw new CliException(
                    ExitCodes.UNAVAILABLE,
                    "no sidecar answers at " + socket,
                    "name its volume with --volume, as a user who may use the socket");
        }
    }

    private int print(List<String> lines) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode document = JSON.createObjectNode();
        ObjectNode secrets = JSON.createObjectNode();
        for (String line : lines) {
            if (JSON.readTree(line) instanceof ObjectNode object) {
                String type = object.path("type").asText();
                object.remove("type");
                if (type.equals("status")) {
                    document.setAll(object);
                } else if (type.equals("secret")) {
                    String name = object.path("name").asText();
                    object.remove("name");
                    secrets.set(name, object);
                }
            }
        }
        document.set("secrets", secrets);
        if (json) {
            out.println(document);
        } else {
            table(out, document);
        }
        out.flush();
        return document.path("ready").asBoolean() ? ExitCodes.OK : ExitCodes.UNAVAILABLE;
    }

    private static void table(PrintWriter out, JsonNode document) {
        out.println((document.path("ready").asBoolean() ? "ready" : "not ready") + ", generation "
                + document.path("generation").asText("none")
                + seconds(", published ", document, "published-ago", " ago")
                + seconds(", token ends in ", document, "token-ends-in", ""));
        document.path("secrets").properties().forEach(entry -> {
            JsonNode secret = entry.getValue();
            out.printf(
                    "  %-24s %-8s version %-8s%s%s%s%s%n",
                    entry.getKey(),
                    secret.path("state").asText(),
                    secret.path("version").asText("-"),
                    seconds(" read ", secret, "age", " ago"),
                    seconds(", stale for ", secret, "stale-for", ""),
                    seconds(", ends in ", secret, "expires-in", ""),
                    secret.has("reason") ? ", " + secret.path("reason").asText() : "");
        });
    }

    private static String seconds(String before, JsonNode node, String key, String after) {
        return node.has(key) ? before + node.path(key).asLong() + " s" + after : "";
    }
}
