package dev.tacet.sidecar.source;

/** What reading a secret gave. */
public sealed interface Fetch {

    /** The secret is there. */
    record Found(SecretData data) implements Fetch {}

    /** It could not be read. */
    record Failed(Failure failure) implements Fetch {}
}
