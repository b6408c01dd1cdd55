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
 * @param caFile PEM certificates to trust instead of the JVM's, or a directory of such files
 * @param serverName what the server's certificate is issued for, where that is not the address's host
 * @param proxy an HTTP proxy to go through
 * @param timeout for connecting, and for one whole request
 * @param auth the auth method
 */
public record VaultSettings(
        URI address,
        Optional<String> namespace,
        Optional<Path> caFile,
        Optional<String> serverName,
        Optional<URI> proxy,
        Duration timeout,
        Auth auth) {

    /** Directly, by the name in the address. */
    public VaultSettings(URI address, Optional<String> namespace, Optional<Path> caFile, Duration timeout, Auth auth) {
        this(address, namespace, caFile, Optional.empty(), Optional.empty(), timeout, auth);
    }

    /** The auth methods. */
    public sealed interface Auth {}

    /**
     * A token from a file, read again whenever it is refused.
     *
     * @param file holds the token; white space round it is ignored
     * @param wrapped whether it is a wrapping token, good for one unwrapping
     */
    public record TokenFile(Path file, boolean wrapped) implements Auth {
        public TokenFile(Path file) {
            this(file, false);
        }
    }

    /**
     * AppRole: {@code auth/<mount>/login}.
     *
     * @param mount where the method is enabled
     * @param roleId the role's id, which is no secret
     * @param secretIdFile holds the secret id
     * @param wrapped whether the file holds a wrapping token for it
     * @param deleteAfterReading whether the file is removed once it was read; the secret id then lives in memory alone
     */
    public record AppRole(String mount, String roleId, Path secretIdFile, boolean wrapped, boolean deleteAfterReading)
            implements Auth {
        public AppRole(String mount, String roleId, Path secretIdFile) {
            this(mount, roleId, secretIdFile, false, false);
        }
    }

    /**
     * A signed JWT from a file, read at each login: the auth methods {@code jwt} and {@code kubernetes}.
     *
     * @param method the method's name, for messages
     * @param role the role to log in as
     * @param jwtFile as the kubelet projects it
     */
    public record Jwt(String method, String mount, String role, Path jwtFile) implements Auth {}

    /**
     * A TLS client certificate, read again whenever it changes.
     *
     * @param name the role, where the server is not to choose among all
     */
    public record Cert(String mount, Optional<String> name, Path certFile, Path keyFile) implements Auth {}

    /** A user name and a password from a file: for demonstrations. */
    public record Userpass(String mount, String username, Path passwordFile) implements Auth {}
}
