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
 * @param poll how often it is read again, where nothing else says when
 * @param required whether the first generation waits for it
 * @param keys what is wanted of it and how to treat it; empty for every key as it is
 * @param contract what happens when it cannot be kept fresh
 * @param overlap how an old credential ends
 */
public record SecretSettings(
        String name,
        Origin origin,
        Duration poll,
        boolean required,
        Map<String, Key> keys,
        OutageContract contract,
        Overlap overlap) {
    public SecretSettings {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /**
     * One key of a secret.
     *
     * @param base64 whether the source holds it as base64 of the bytes that are meant
     * @param sensitivity whether its value is masked in logs
     */
    public record Key(boolean base64, Sensitivity sensitivity) {}

    /**
     * What is done about a secret that cannot be kept fresh.
     *
     * @param maxStale how long it may be stale before the pod is not ready any more; empty for ever
     * @param onDeleted when the vault says that it is gone
     * @param onForbidden when the vault denies it, several times in a row
     * @param onExpired when its lease or certificate has ended and there is no other
     */
    public record OutageContract(
            Optional<Duration> maxStale, Reaction onDeleted, Reaction onForbidden, Reaction onExpired) {
        /** Everything stays, for ever. */
        public static final OutageContract KEEP =
                new OutageContract(Optional.empty(), Reaction.KEEP, Reaction.KEEP, Reaction.KEEP);
    }

    /** What becomes of the last good values. */
    public enum Reaction {
        /** They stay, marked stale. */
        KEEP,
        /** The next generation is without them. */
        REMOVE,
        /** The next generation is without them, and then the sidecar ends. */
        TERMINATE
    }

    /**
     * How long old and new credential are both valid.
     *
     * @param grace how long the old one stays, where not every application says sooner that it uses the new one
     * @param revoke whether it is revoked then; otherwise it is left to its TTL
     */
    public record Overlap(Duration grace, boolean revoke) {
        public static final Overlap DEFAULT = new Overlap(Duration.ofMinutes(10), true);
    }

    /** What redactors are told of a key. Of a certificate the key alone is a secret, unless the file says otherwise. */
    public Sensitivity sensitivity(String key) {
        Sensitivity otherwise = origin instanceof Origin.Certificate && !key.equals("private_key")
                ? Sensitivity.NEVER
                : Sensitivity.AUTO;
        return Optional.ofNullable(keys.get(key)).map(Key::sensitivity).orElse(otherwise);
    }
}
