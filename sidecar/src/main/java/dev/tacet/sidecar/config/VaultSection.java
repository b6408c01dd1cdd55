package dev.tacet.sidecar.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Reads the section {@code vault}. */
final class VaultSection {
    private VaultSection() {}

    static VaultSettings read(Section section, Paths paths) {
        String address = section.text("address", "https://vault.example:8200");
        VaultSettings vault = new VaultSettings(
                address(section, address),
                section.optionalText("namespace", "team-a"),
                section.has("ca-file")
                        ? Optional.of(paths.path(section, "ca-file", "/etc/vault/ca.pem"))
                        : Optional.empty(),
                section.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofSeconds(10)),
                auth(section.section("auth"), paths));
        section.end();
        return vault;
    }

    private static URI address(Section section, String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawPath() == null
                    || uri.getRawPath().isEmpty()
                    || uri.getRawPath().equals("/");
            if (web && bare && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw section.wrong("address", "not an address", "write scheme, host and port: https://vault.example:8200");
        }
        throw section.wrong(
                "address", "not the address of a server", "write scheme, host and port: https://vault.example:8200");
    }

    private static VaultSettings.Auth auth(Section section, Paths paths) {
        if (section.has("token-file") == section.has("approle")) {
            throw section.wrong("token-file", "exactly one auth method is needed", "give token-file or approle");
        }
        VaultSettings.Auth auth;
        if (section.has("token-file")) {
            auth = new VaultSettings.TokenFile(paths.path(section, "token-file", "/run/vault/token"));
        } else {
            Section approle = section.section("approle");
            auth = new VaultSettings.AppRole(
                    approle.optionalText("mount", "approle").orElse("approle"),
                    approle.text("role-id", "the role's id"),
                    paths.path(approle, "secret-id-file", "/run/vault/secret-id"));
            approle.end();
        }
        section.end();
        return auth;
    }
}
