package dev.tacet.sidecar.volume;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Every published value, current or retained: the content of {@code needles.json}. Immutable.
 *
 * @param entries in the order of the file
 */
public record Needles(List<Entry> entries) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    /** No values. */
    public static final Needles NONE = new Needles(List.of());

    public Needles {
        entries = List.copyOf(entries);
    }

    /**
     * One value.
     *
     * @param needle what redactors look for
     * @param since when it was first announced
     * @param until when it may be forgotten; empty while it is current
     */
    public record Entry(Needle needle, Instant since, Optional<Instant> until) {}

    /**
     * These and {@code current}, which are about to be published: nothing is forgotten, what is not among them is
     * retained for a time from now, or for what is left of an earlier one.
     */
    public Needles with(Set<Needle> current, Instant now, Duration retain) {
        Map<Needle, Entry> result = new LinkedHashMap<>();
        current.forEach(needle -> result.put(needle, new Entry(needle, now, Optional.empty())));
        for (Entry entry : entries) {
            Optional<Instant> until = current.contains(entry.needle())
                    ? Optional.empty()
                    : Optional.of(entry.until().orElse(now.plus(retain)));
            result.put(entry.needle(), new Entry(entry.needle(), entry.since(), until));
        }
        return new Needles(List.copyOf(result.values()));
    }

    /** These less those whose time is over, except what {@code published} still names. */
    public Needles expired(Instant now, Predicate<Needle> published) {
        return new Needles(entries.stream()
                .filter(entry ->
                        entry.until().map(until -> until.isAfter(now)).orElse(true) || published.test(entry.needle()))
                .toList());
    }

    /** When the next of these may be forgotten, of those whose time is not over. */
    public Optional<Instant> nextExpiry(Instant now) {
        return entries.stream()
                .flatMap(entry -> entry.until().stream())
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /** Whether all of these are among them. */
    public boolean cover(Set<Needle> current) {
        return entries.stream().map(Entry::needle).collect(Collectors.toSet()).containsAll(current);
    }

    byte[] toJson() throws IOException {
        ObjectNode root = JSON.createObjectNode().put("v", VERSION);
        ArrayNode array = root.putArray("needles");
        for (Entry entry : entries) {
            Needle needle = entry.needle();
            ObjectNode node = array.addObject()
                    .put("name", needle.name())
                    .put("version", needle.version())
                    .put(
                            "value",
                            Base64.getEncoder().encodeToString(needle.value().reveal()))
                    .put("sensitive", needle.sensitivity().name().toLowerCase(Locale.ROOT))
                    .put("since", entry.since().toString());
            entry.until().ifPresent(until -> node.put("until", until.toString()));
        }
        return JSON.writeValueAsBytes(root);
    }

    /**
     * Reads a file that this program wrote.
     *
     * @throws VolumeException when it is not one: overwriting it could forget a value that is still in logs' way
     */
    static Needles read(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return NONE;
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (root.path("v").asInt() != VERSION) {
                throw unreadable(file);
            }
            List<Entry> entries = new ArrayList<>();
            for (JsonNode node : root.path("needles")) {
                JsonNode until = node.path("until");
                entries.add(new Entry(
                        new Needle(
                                node.path("name").asText(),
                                node.path("version").asText(),
                                SecretValue.of(Base64.getDecoder()
                                        .decode(node.path("value").asText())),
                                Sensitivity.valueOf(
                                        node.path("sensitive").asText().toUpperCase(Locale.ROOT))),
                        Instant.parse(node.path("since").asText()),
                        until.isTextual() ? Optional.of(Instant.parse(until.asText())) : Optional.empty()));
            }
            return new Needles(entries);
        } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
            // The parser's message may quote the file, so the cause ends here.
            throw unreadable(file);
        }
    }

    private static VolumeException unreadable(Path file) {
        return new VolumeException(
                file + " is not a needles file of this version",
                "if no other version of the sidecar uses this volume, remove the file and start again");
    }
}
