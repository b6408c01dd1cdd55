package dev.tacet.sidecar.source;

/** What reading a secret gave. */
public sealed interface Fetch {

    /**
     * The secret is there.
     *
     * @param data its version is empty where the source counts none
     * @param life how long it stays good
     */
    record Found(SecretData data, Life life) implements Fetch {
        /** What changes only when somebody changes it. */
        public Found(SecretData data) {
            this(data, new Life.Unbounded());
        }
    }

    /** The vault is replacing it at this moment: read it again in a few seconds. */
    record Changing() implements Fetch {}

    /** It could not be read. */
    record Failed(Failure failure) implements Fetch {}
}
