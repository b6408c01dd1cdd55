package dev.tacet.redactor;

import java.util.Objects;

/**
 * One value that must never appear in a log.
 *
 * @param name what the mask shows in its place, such as {@code db/password}; any text, made safe by {@link Mask}
 * @param version which version of the secret the value belongs to, as its source counts; empty when unknown
 * @param value the bytes to look for
 * @param sensitivity whether to look for them
 */
public record Needle(String name, String version, SecretValue value, Sensitivity sensitivity) {
    public Needle {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(sensitivity, "sensitivity");
    }
}
