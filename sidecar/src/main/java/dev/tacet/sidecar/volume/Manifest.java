package dev.tacet.sidecar.volume;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tacet.sidecar.render.RenderedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a generation says of itself, in the file {@code ..tacet.json} inside it. No values, nothing made of values.
 *
 * @param generation its id, the name of its directory without the leading dots
 * @param created when it was written
 * @param outputs a digest of what the configuration asks to be rendered, so that a change of it is seen
 * @param secrets by name
 */
public record Manifest(String generation, Instant created, String outputs, SortedMap<String, Secret> secrets) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Manifest {
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
    }

    /**
     * One secret of a generation.
     *
     * @param version as its source counts
     * @param staleSince since when its source could not be read, where these are its last good values
     */
    public record Secret(String version, Optional<Instant> staleSince) {}

    byte[] toJson(Map<String, RenderedFile> files) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("v", 1)
                .put("id", generation)
                .put("created", created.toString())
                .put("outputs", outputs);
        ObjectNode fileNodes = root.putObject("files");
        files.forEach((path, file) -> fileNodes
                .putObject(path)
                .put("mode", String.format("%04o", file.mode()))
                .put("size", file.content().length()));
        ObjectNode secretNodes = root.putObject("secrets");
        secrets.forEach((name, secret) -> {
            ObjectNode node = secretNodes.putObject(name).put("version", secret.version());
            secret.staleSince().ifPresent(since -> node.put("stale-since", since.toString()));
        });
        return JSON.writeValueAsBytes(root);
    }

    /** Reads the manifest of a generation; nothing where there is none that can be understood. */
    static Optional<Manifest> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            TreeMap<String, Secret> secrets = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : root.path("secrets").properties()) {
                JsonNode since = entry.getValue().path("stale-since");
                secrets.put(
                        entry.getKey(),
                        new Secret(
                                entry.getValue().path("version").asText(),
                                since.isTextual() ? Optional.of(Instant.parse(since.asText())) : Optional.empty()));
            }
            return Optional.of(new Manifest(
                    root.path("id").asText(),
                    Instant.parse(root.path("created").asText()),
                    root.path("outputs").asText(),
                    secrets));
        } catch (JsonProcessingException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
