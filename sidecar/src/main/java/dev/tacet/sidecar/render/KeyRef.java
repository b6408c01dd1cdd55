package dev.tacet.sidecar.render;

import dev.tacet.redactor.Mask;
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

    /** {@code db/password}, fit for a message: a source may name a key anything, line breaks included. */
    @Override
    public String toString() {
        return new Mask(secret + "/" + key).name();
    }
}
