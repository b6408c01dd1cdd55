package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.VaultSettings.AppRole;
import dev.tacet.sidecar.config.VaultSettings.Auth;
import dev.tacet.sidecar.config.VaultSettings.Cert;
import dev.tacet.sidecar.config.VaultSettings.Jwt;
import dev.tacet.sidecar.config.VaultSettings.TokenFile;
import dev.tacet.sidecar.config.VaultSettings.Userpass;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in with what the configuration names, read anew each time: a projected token is another one after an hour. What
 * can be read only once, because it is wrapped or removed afterwards, is kept in memory. One thread uses it.
 */
final class LoginCredentials {
    private static final Logger log = LoggerFactory.getLogger(LoginCredentials.class);

    private final VaultLogins logins;
    private final Auth auth;
    private final RequestListener listener;
    private @Nullable SecretValue kept;

    LoginCredentials(VaultLogins logins, Auth auth, RequestListener listener) {
        this.logins = logins;
        this.auth = auth;
        this.listener = listener;
    }

    VaultToken login() throws SourceException {
        if (auth instanceof TokenFile file) {
            return lookUp(token(file));
        }
        if (auth instanceof AppRole role) {
            Map<String, Object> body =
                    Map.of("role_id", role.roleId(), "secret_id", VaultTransport.text(secretId(role)));
            return logins.login(
                    ApiPath.login(role.mount()), body, role.mount(), "the secret id in " + role.secretIdFile());
        }
        if (auth instanceof Jwt jwt) {
            return login(jwt);
        }
        if (auth instanceof Cert cert) {
            Map<String, Object> body = cert.name()
                    .<Map<String, Object>>map(name -> Map.of("name", name))
                    .orElse(Map.of());
            return logins.login(
                    ApiPath.login(cert.mount()), body, cert.mount(), "the certificate in " + cert.certFile());
        }
        Userpass user = (Userpass) auth;
        SecretValue password = word("vault password", user.passwordFile());
        return logins.login(
                ApiPath.login(user.mount(), user.username()),
                Map.of("password", VaultTransport.text(password)),
                user.mount(),
                "the password in " + user.passwordFile());
    }

    private VaultToken login(Jwt jwt) throws SourceException {
        SecretValue token = CredentialFile.projected(jwt.jwtFile());
        listener.obtained("service account token", token);
        Map<String, Object> body = Map.of("role", jwt.role(), "jwt", VaultTransport.text(token));
        try {
            return logins.login(ApiPath.login(jwt.mount()), body, jwt.mount(), "the token in " + jwt.jwtFile());
        } catch (SourceException e) {
            if (e.failure().kind() != Failure.Kind.DENIED) {
                throw e;
            }
            // What it says of itself is no secret, and usually the whole answer.
            throw new SourceException(
                    Failure.Kind.DENIED,
                    e.failure().message() + " for the role " + jwt.role() + "; " + JwtClaims.of(token),
                    "the role must bind that subject and one of those audiences; a projected token's audience is set in"
                            + " the pod's volume");
        }
    }

    private SecretValue token(TokenFile file) throws SourceException {
        if (!file.wrapped()) {
            return word("vault token", file.file());
        }
        SecretValue known = kept;
        if (known == null) {
            JsonNode unwrapped = logins.unwrap(
                    word("wrapping token", file.file()), file.file().toString());
            known = value(
                    unwrapped.path("auth").path("client_token"),
                    unwrapped.path("data").path("token"),
                    "token");
            listener.obtained("vault token", known);
            kept = known;
        }
        return known;
    }

    private SecretValue secretId(AppRole role) throws SourceException {
        SecretValue known = kept;
        if (known != null) {
            return known;
        }
        SecretValue read = word("vault secret id", role.secretIdFile());
        if (role.wrapped()) {
            JsonNode unwrapped = logins.unwrap(read, role.secretIdFile().toString());
            JsonNode id = unwrapped.path("data").path("secret_id");
            read = value(id, id, "secret id");
            listener.obtained("vault secret id", read);
        }
        if (role.wrapped() || role.deleteAfterReading()) {
            kept = read;
        }
        if (role.deleteAfterReading()) {
            try {
                Files.deleteIfExists(role.secretIdFile());
            } catch (IOException e) {
                log.warn("cannot remove the secret id in {}: {}", role.secretIdFile(), CredentialFile.reason(e));
            }
        }
        return read;
    }

    private SecretValue word(String what, java.nio.file.Path file) throws SourceException {
        SecretValue word = CredentialFile.word(file, what.replace("vault ", ""));
        listener.obtained(what, word);
        return word;
    }

    private static SecretValue value(JsonNode first, JsonNode second, String what) throws SourceException {
        JsonNode found = first.isTextual() ? first : second;
        if (!found.isTextual()) {
            throw Answers.unusable(
                    "what was unwrapped is no " + what, "wrap a " + what + " with the header X-Vault-Wrap-TTL");
        }
        return SecretValue.ofUtf8(found.textValue());
    }

    /** A token without the policy {@code default} may not ask what it is; what it is used for will tell. */
    private VaultToken lookUp(SecretValue value) throws SourceException {
        try {
            return logins.lookUp(value);
        } catch (SourceException e) {
            if (e.failure().kind() != Failure.Kind.DENIED) {
                throw e;
            }
            return new VaultToken(value, "", Duration.ZERO, false, false);
        }
    }
}
