package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import java.util.Optional;

/** Hears what a source asks of its vault, and of the credentials it does so with; on the source's thread. */
public interface RequestListener {

    /** What a request is for. */
    enum Operation {
        LOGIN,
        READ,
        RENEW,
        REVOKE,
        RENEW_TOKEN
    }

    /** A credential was read or given; called before it is used. */
    void obtained(String name, SecretValue value);

    /** A request is about to have an effect in the vault. */
    default void before(Operation operation, String subject) {}

    /**
     * It was answered, or failed.
     *
     * @param subject a path, a mount or a lease id; never a value
     * @param accessor that of the token it was made with or that it gave; empty where there is none
     */
    default void after(Operation operation, String subject, String accessor, Optional<Failure> failure) {}
}
