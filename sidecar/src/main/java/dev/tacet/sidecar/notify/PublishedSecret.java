package dev.tacet.sidecar.notify;

import java.util.Objects;

/**
 * One secret of a published generation.
 *
 * @param name the secret's name in the config
 * @param version as its source counts
 */
public record PublishedSecret(String name, String version) {
    public PublishedSecret {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }
}
