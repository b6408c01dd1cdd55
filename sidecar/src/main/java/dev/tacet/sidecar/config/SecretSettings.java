package dev.tacet.sidecar.config;

import dev.tacet.redactor.Sensitivity;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One secret to fetch: an entry of {@code secrets}.
 *
 * @param name what it is called here: its directory in the volume and the start of its masks
 * @param origin where it comes from
 * @param poll how often it is read again
 * @param required whether the first generation waits for it
 * @param keys what is wanted of it and how to treat it; empty for every key as it is
 */
public record SecretSettings(String name, Origin origin, Duration poll, boolean required, Map<String, Key> keys) {
    public SecretSettings {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** Where a secret comes from. */
    public sealed interface Origin {}

    /** KV v2 in the vault. */
    public record Kv2(String mount, String path) implements Origin {}

    /** An entry of the age store. */
    public record Stored(String name) implements Origin {}

    /**
     * One key of a secret.
     *
     * @param base64 whether the source holds it as base64 of the bytes that are meant
     * @param sensitivity whether its value is masked in logs
     */
    public record Key(boolean base64, Sensitivity sensitivity) {}

    /** What redactors are told of a key. */
    public Sensitivity sensitivity(String key) {
        return Optional.ofNullable(keys.get(key)).map(Key::sensitivity).orElse(Sensitivity.AUTO);
    }
}
