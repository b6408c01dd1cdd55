package dev.tacet.sidecar.render;

import dev.tacet.redactor.Mask;
import dev.tacet.sidecar.config.FileSettings;
import java.util.Objects;

/**
 * One key of one secret.
 *
 * @param secret the secret's name in the config
 * @param key as the source has it
 */
public record KeyRef(String secret, String key) {
    public KeyRef {
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(key, "key");
    }

    static KeyRef of(FileSettings.Reference reference) {
        return new KeyRef(reference.secret(), reference.key());
    }

    /** Of {@code db/password}: a secret's name holds no slash. */
    public static KeyRef parse(String name) {
        int slash = name.indexOf('/');
        return new KeyRef(name.substring(0, slash), name.substring(slash + 1));
    }

    /** {@code db/password}, fit for a message: a source may name a key anything, line breaks included. */
    @Override
    public String toString() {
        return new Mask(secret + "/" + key).name();
    }
}
