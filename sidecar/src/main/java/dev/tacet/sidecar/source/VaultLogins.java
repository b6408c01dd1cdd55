package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.VaultSettings.AppRole;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The requests by which a token is had and asked about. */
final class VaultLogins {
    private static final ApiPath LOOKUP_SELF = new ApiPath("auth/token/lookup-self");
    private static final ApiPath RENEW_SELF = new ApiPath("auth/token/renew-self");
    private static final ApiPath REVOKE_SELF = new ApiPath("auth/token/revoke-self");

    private final VaultTransport transport;
    private final VaultFailures failures;

    VaultLogins(VaultTransport transport, VaultFailures failures) {
        this.transport = transport;
        this.failures = failures;
    }

    /** Logs in; the token of it. */
    VaultToken login(AppRole role, SecretValue secretId) throws SourceException {
        ApiPath path = ApiPath.login(role.mount());
        Map<String, Object> body = Map.of("role_id", role.roleId(), "secret_id", VaultTransport.text(secretId));
        VaultReply reply = transport.write(path, body, Optional.empty());
        if (!reply.isSuccess()) {
            throw failures.loggingIn(role.mount(), "the secret id in " + role.secretIdFile(), reply.answer());
        }
        return token(reply.body().path("auth"));
    }

    /** What a token is, by asking for it with itself. */
    VaultToken lookUp(SecretValue token) throws SourceException {
        VaultReply reply = transport.read(LOOKUP_SELF, Optional.of(token));
        if (!reply.isSuccess()) {
            throw failures.ending("looking up the token", reply.answer());
        }
        JsonNode data = reply.body().path("data");
        return new VaultToken(
                token,
                data.path("accessor").asText(""),
                Duration.ofSeconds(data.path("ttl").asLong()),
                data.path("renewable").asBoolean(),
                data.path("type").asText("").equals("batch"));
    }

    /** Extends a token; empty when the vault does not extend it any more. */
    Optional<VaultToken> renewSelf(VaultToken token, Duration wanted) throws SourceException {
        VaultReply reply =
                transport.write(RENEW_SELF, Map.of("increment", wanted.toSeconds()), Optional.of(token.value()));
        if (reply.answer().status() == 400) {
            return Optional.empty();
        }
        if (!reply.isSuccess()) {
            throw failures.ending("renewing the token", reply.answer());
        }
        return Optional.of(token(reply.body().path("auth")));
    }

    /** Ends a token, and with it all its leases. */
    void revokeSelf(SecretValue token) throws SourceException {
        VaultReply reply = transport.write(REVOKE_SELF, Map.of(), Optional.of(token));
        if (!reply.isSuccess()) {
            throw failures.ending("revoking the token", reply.answer());
        }
    }

    /** Whether a token is still valid. One without the policy {@code default} may not ask, and seems not to be. */
    boolean accepts(SecretValue token) throws SourceException {
        return transport.read(LOOKUP_SELF, Optional.of(token)).isSuccess();
    }

    private VaultToken token(JsonNode auth) throws SourceException {
        String token = auth.path("client_token").asText("");
        if (token.isEmpty()) {
            throw failures.noAnswer(new MalformedAnswerException());
        }
        return new VaultToken(
                SecretValue.ofUtf8(token),
                auth.path("accessor").asText(""),
                Duration.ofSeconds(auth.path("lease_duration").asLong()),
                auth.path("renewable").asBoolean(),
                auth.path("token_type").asText("").equals("batch"));
    }
}
