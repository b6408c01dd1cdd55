package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;

/** Hears of each credential that a source itself holds (token, secret id, identity), before it is first used. */
@FunctionalInterface
public interface CredentialListener {

    /** {@code name} says what it is and may be shown; {@code value} must never be. */
    void obtained(String name, SecretValue value);
}
