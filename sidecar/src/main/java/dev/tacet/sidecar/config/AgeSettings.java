package dev.tacet.sidecar.config;

import java.nio.file.Path;

/**
 * The embedded vault: the key {@code age}.
 *
 * @param file the store, one age-encrypted YAML file
 * @param identityFile holds the X25519 identity that opens it, as {@code age-keygen} writes it
 */
public record AgeSettings(Path file, Path identityFile) {}
