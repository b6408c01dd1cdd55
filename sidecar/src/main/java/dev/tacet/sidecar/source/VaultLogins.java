package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tacet.redactor.SecretValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The requests by which a token is had and asked about. */
final class VaultLogins {
    private static final ApiPath LOOKUP_SELF = new ApiPath("auth/token/lookup-self");
    private static final ApiPath UNWRAP = new ApiPath("sys/wrapping/unwrap");
    private static final ApiPath RENEW_SELF = new ApiPath("auth/token/renew-self");
    private static final ApiPath REVOKE_SELF = new ApiPath("auth/token/revoke-self");

    private final VaultTransport transport;
    private final VaultFailures failures;

    VaultLogins(VaultTransport transport, VaultFailures failures) {
        this.transport = transport;
        this.failures = failures;
    }

    /**
     * Logs in; the token of it.
     *
     * @param who names the credential that is shown, without showing it
     */
    VaultToken login(ApiPath path, Map<String, Object> body, String mount, String who) throws SourceException {
        VaultReply reply = transport.write(path, body, Optional.empty());
        if (!reply.isSuccess()) {
            throw failures.loggingIn(mount, who, reply.answer());
        }
        return token(reply.body().path("auth"));
    }

    /** What a wrapping token wraps; it can be asked for once. */
    JsonNode unwrap(SecretValue wrapping, String file) throws SourceException {
        VaultReply reply = transport.write(UNWRAP, Map.of(), Optional.of(wrapping));
        int status = reply.answer().status();
        if (status == 400 || status == 403) {
            throw new SourceException(
                    Failure.Kind.DENIED,
                    "the vault does not unwrap the wrapping token in " + file,
                    "wrap another one: it has ended, or somebody has unwrapped it before, which is worth finding out");
        }
        if (!reply.isSuccess()) {
            throw failures.ending("unwrapping", reply.answer());
        }
        return reply.body();
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
