package dev.tacet.sidecar.volume;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    private static final JsonFactory JSON = new JsonFactory();
    private static final int VERSION = 1;
    private static final int BUFFER = 64 * 1024;

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

    /** Writes the file value by value: all of them in one piece would take several times their memory. */
    void writeTo(OutputStream out) throws IOException {
        // Most are of the same few moments, and writing one out takes longer than all the rest of an entry.
        Map<Instant, String> times = new HashMap<>();
        try (JsonGenerator json = JSON.createGenerator(new BufferedOutputStream(out, BUFFER))) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeArrayFieldStart("needles");
            for (Entry entry : entries) {
                Needle needle = entry.needle();
                json.writeStartObject();
                json.writeStringField("name", needle.name());
                json.writeStringField("version", needle.version());
                json.writeBinaryField("value", needle.value().reveal());
                json.writeStringField("sensitive", needle.sensitivity().name().toLowerCase(Locale.ROOT));
                json.writeStringField("since", times.computeIfAbsent(entry.since(), Instant::toString));
                if (entry.until().isPresent()) {
                    json.writeStringField(
                            "until", times.computeIfAbsent(entry.until().get(), Instant::toString));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
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
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = JSON.createParser(in)) {
            List<Entry> entries = new ArrayList<>();
            boolean known = false;
            require(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("v")) {
                    known = value == JsonToken.VALUE_NUMBER_INT && json.getIntValue() == VERSION;
                } else if (field.equals("needles") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        entries.add(entry(json));
                    }
                    require(json.currentToken() == JsonToken.END_ARRAY);
                } else {
                    json.skipChildren();
                }
            }
            require(known && json.currentToken() == JsonToken.END_OBJECT);
            return new Needles(entries);
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            // The parser's message may quote the file, so the cause ends here.
            throw unreadable(file);
        }
    }

    private static Entry entry(JsonParser json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        Optional<SecretValue> value = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken token = json.nextToken();
            if (field.equals("value")) {
                require(token == JsonToken.VALUE_STRING);
                value = Optional.of(SecretValue.of(json.getBinaryValue()));
            } else if (token == JsonToken.VALUE_STRING) {
                texts.put(field, json.getText());
            } else {
                json.skipChildren();
            }
        }
        require(value.isPresent());
        return new Entry(
                new Needle(
                        text(texts, "name"),
                        text(texts, "version"),
                        value.get(),
                        Sensitivity.valueOf(text(texts, "sensitive").toUpperCase(Locale.ROOT))),
                Instant.parse(text(texts, "since")),
                Optional.ofNullable(texts.get("until")).map(Instant::parse));
    }

    private static String text(Map<String, String> texts, String field) {
        require(texts.containsKey(field));
        return Objects.requireNonNull(texts.get(field));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not as it is written");
        }
    }

    private static VolumeException unreadable(Path file) {
        return new VolumeException(
                file + " is not a needles file of this version",
                "if no other version of the sidecar uses this volume, remove the file and start again");
    }
}
