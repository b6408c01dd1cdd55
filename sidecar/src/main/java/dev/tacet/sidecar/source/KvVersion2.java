package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tacet.redactor.SecretValue;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The answer of a KV v2 engine to a read of {@code data/}: {@code {"data": {…}, "metadata": {"version": 3, …}}}.
 *
 * <p>A string is its UTF-8 bytes; a number or a boolean its JSON text; an object or an array its compact JSON text;
 * {@code null} is a key without a value, as if it were missing.
 */
final class KvVersion2 {
    private KvVersion2() {}

    /** Empty when the answer has another form, as that of KV v1. */
    static Optional<SecretData> data(JsonNode answer) {
        JsonNode data = answer.path("data");
        JsonNode version = answer.path("metadata").path("version");
        if (!data.isObject() || !version.isIntegralNumber()) {
            return Optional.empty();
        }
        return Optional.of(new SecretData(version.asText(), values(data)));
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
}
