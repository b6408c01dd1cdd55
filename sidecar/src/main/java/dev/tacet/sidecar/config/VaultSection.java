package dev.tacet.sidecar.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code vault}. */
final class VaultSection {
    private static final String METHODS = "token-file, approle, kubernetes, jwt, cert, userpass";
    private static final String SERVICE_ACCOUNT_TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private VaultSection() {}

    static VaultSettings read(Section section, Paths paths) {
        String address = section.text("address", "https://vault.example:8200");
        VaultSettings vault = new VaultSettings(
                address(section, "address", address),
                section.optionalText("namespace", "team-a"),
                section.has("ca-file")
                        ? Optional.of(paths.path(section, "ca-file", "/etc/vault/ca.pem"))
                        : Optional.empty(),
                section.optionalText("server-name", "vault.example"),
                section.has("proxy")
                        ? Optional.of(address(section, "proxy", section.text("proxy", "http://proxy.example:3128")))
                        : Optional.empty(),
                section.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofSeconds(10)),
                auth(section.section("auth"), paths));
        section.end();
        return vault;
    }

    private static URI address(Section section, String key, String text) {
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
            throw section.wrong(key, "not an address", "write scheme, host and port: https://vault.example:8200");
        }
        throw section.wrong(
                key, "not the address of a server", "write scheme, host and port: https://vault.example:8200");
    }

    private static VaultSettings.Auth auth(Section section, Paths paths) {
        List<String> methods = new ArrayList<>();
        section.keys().forEach(methods::add);
        if (methods.size() != 1) {
            throw section.wrong("", "exactly one auth method is needed", "give one of " + METHODS);
        }
        String method = methods.get(0);
        VaultSettings.Auth auth = switch (method) {
            case "token-file" -> tokenFile(section, paths);
            case "approle" -> appRole(section.section(method), paths);
            case "kubernetes", "jwt" -> jwt(method, section.section(method), paths);
            case "cert" -> cert(section.section(method), paths);
            case "userpass" -> userpass(section.section(method), paths);
            default -> throw section.wrongName(method, "unknown auth method", "give one of " + METHODS);
        };
        section.end();
        return auth;
    }

    private static VaultSettings.Auth tokenFile(Section section, Paths paths) {
        if (!section.isSection("token-file")) {
            return new VaultSettings.TokenFile(paths.path(section, "token-file", "/run/vault/token"));
        }
        Section file = section.section("token-file");
        VaultSettings.Auth auth =
                new VaultSettings.TokenFile(paths.path(file, "path", "/run/vault/token"), file.flag("wrapped", false));
        file.end();
        return auth;
    }

    private static VaultSettings.Auth appRole(Section section, Paths paths) {
        VaultSettings.Auth auth = new VaultSettings.AppRole(
                mount(section, "approle"),
                section.text("role-id", "the role's id"),
                paths.path(section, "secret-id-file", "/run/vault/secret-id"),
                section.flag("wrapped", false),
                section.flag("delete-after-reading", false));
        section.end();
        return auth;
    }

    private static VaultSettings.Auth jwt(String method, Section section, Paths paths) {
        Path file = section.has("jwt-file") || method.equals("jwt")
                ? paths.path(section, "jwt-file", SERVICE_ACCOUNT_TOKEN)
                : Path.of(SERVICE_ACCOUNT_TOKEN);
        VaultSettings.Auth auth =
                new VaultSettings.Jwt(method, mount(section, method), section.text("role", "shop"), file);
        section.end();
        return auth;
    }

    private static VaultSettings.Auth cert(Section section, Paths paths) {
        VaultSettings.Auth auth = new VaultSettings.Cert(
                mount(section, "cert"),
                section.optionalText("name", "shop"),
                paths.path(section, "cert-file", "/run/tls/tls.crt"),
                paths.path(section, "key-file", "/run/tls/tls.key"));
        section.end();
        return auth;
    }

    private static VaultSettings.Auth userpass(Section section, Paths paths) {
        VaultSettings.Auth auth = new VaultSettings.Userpass(
                mount(section, "userpass"),
                section.text("username", "demo"),
                paths.path(section, "password-file", "/run/vault/password"));
        section.end();
        return auth;
    }

    private static String mount(Section section, String method) {
        return section.optionalText("mount", method).orElse(method);
    }
}
