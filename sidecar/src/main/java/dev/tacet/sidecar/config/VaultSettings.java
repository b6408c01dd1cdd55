package dev.tacet.sidecar.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the vault is and how to log in: the key {@code vault}.
 *
 * @param address {@code http://} or {@code https://}, host and port, no path
 * @param namespace the namespace all paths are in, where the server has them
 * @param caFile PEM certificates to trust instead of the JVM's
 * @param timeout for connecting, and for one whole request
 * @param auth the auth method
 */
public record VaultSettings(
        URI address, Optional<String> namespace, Optional<Path> caFile, Duration timeout, Auth auth) {

    /** The auth methods that are built. */
    public sealed interface Auth {}

    /**
     * A token from a file, read again whenever it is refused.
     *
     * @param file holds the token; white space round it is ignored
     */
    public record TokenFile(Path file) implements Auth {}

    /**
     * AppRole: {@code auth/<mount>/login}.
     *
     * @param mount where the method is enabled
     * @param roleId the role's id, which is no secret
     * @param secretIdFile holds the secret id; read at each login
     */
    public record AppRole(String mount, String roleId, Path secretIdFile) implements Auth {}
}
