package dev.tacet.sidecar.source;

/**
 * Where a secret is.
 *
 * @param mount where its engine is enabled; empty in a source without mounts
 * @param path the logical path below the mount, as in {@code kv get -mount=MOUNT PATH}; never an API path
 */
public record SecretPath(String mount, String path) {
    @Override
    public String toString() {
        return mount.isEmpty() ? path : mount + "/" + path;
    }
}
