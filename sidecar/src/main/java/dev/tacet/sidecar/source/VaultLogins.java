package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.VaultSettings.AppRole;
import java.util.Map;
import java.util.Optional;

/** The requests by which a token is had and asked about. */
final class VaultLogins {
    private static final ApiPath LOOKUP_SELF = new ApiPath("auth/token/lookup-self");

    private final VaultTransport transport;
    private final VaultFailures failures;

    VaultLogins(VaultTransport transport, VaultFailures failures) {
        this.transport = transport;
        this.failures = failures;
    }

    /** Logs in; the token of it. */
    SecretValue login(AppRole role, SecretValue secretId) throws SourceException {
        ApiPath path = ApiPath.login(role.mount());
        Map<String, Object> body = Map.of("role_id", role.roleId(), "secret_id", VaultTransport.text(secretId));
        VaultReply reply = transport.write(path, body, Optional.empty());
        if (!reply.isSuccess()) {
            throw failures.loggingIn(role.mount(), "the secret id in " + role.secretIdFile(), reply.answer());
        }
        String token = reply.body().path("auth").path("client_token").asText();
        if (token.isEmpty()) {
            throw failures.noAnswer(new MalformedAnswerException());
        }
        return SecretValue.ofUtf8(token);
    }

    /** Whether a token is still valid. One without the policy {@code default} may not ask, and seems not to be. */
    boolean accepts(SecretValue token) throws SourceException {
        return transport.read(LOOKUP_SELF, Optional.of(token)).isSuccess();
    }
}
