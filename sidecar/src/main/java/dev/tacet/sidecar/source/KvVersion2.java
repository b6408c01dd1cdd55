package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a KV v2 engine to a read of {@code data/}: {@code {"data": {…}, "metadata": {"version": 3, …}}}.
 *
 * <p>A string is its UTF-8 bytes; a number or a boolean its JSON text; an object or an array its compact JSON text;
 * {@code null} is a key without a value, as if it were missing.
 */
final class KvVersion2 {
    private KvVersion2() {}

    /** Empty when the answer has another form, as that of KV v1. */
    static Optional<SecretData> data(@Nullable JsonObject answer) {
        if (answer == null) {
            return Optional.empty();
        }
        JsonValue data = answer.get("data");
        JsonValue metadata = answer.get("metadata");
        if (data == null || !data.isObject() || metadata == null || !metadata.isObject()) {
            return Optional.empty();
        }
        JsonValue version = metadata.asObject().get("version");
        if (version == null || !version.isNumber()) {
            return Optional.empty();
        }
        SortedMap<String, SecretValue> values = new TreeMap<>();
        for (JsonObject.Member member : data.asObject()) {
            JsonValue value = member.getValue();
            if (!value.isNull()) {
                values.put(
                        member.getName(), SecretValue.ofUtf8(value.isString() ? value.asString() : value.toString()));
            }
        }
        return Optional.of(new SecretData(version.toString(), values));
    }
}
