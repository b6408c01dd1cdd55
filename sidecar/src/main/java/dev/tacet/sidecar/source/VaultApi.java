package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import java.util.Optional;

/** What a token is used for. Whatever fails is a {@link SourceException} with nothing of an answer's text in it. */
final class VaultApi {
    private final VaultTransport transport;
    private final VaultFailures failures;

    VaultApi(VaultTransport transport, VaultFailures failures) {
        this.transport = transport;
        this.failures = failures;
    }

    /** The current version of a KV v2 secret. */
    SecretData read(SecretPath path, SecretValue token) throws SourceException {
        ApiPath api = ApiPath.data(path);
        VaultReply reply = transport.read(api, Optional.of(token));
        if (!reply.isSuccess()) {
            throw failures.reading(path, api, reply.answer());
        }
        return KvVersion2.data(reply.body().path("data")).orElseThrow(() -> failures.notKv2(path));
    }
}
