package dev.tacet.redactor;

/** Whether a value is to be looked for. The words are those of {@code sensitive} in {@code needles.json}. */
public enum Sensitivity {
    /** Looked for when it is long enough for its form. */
    AUTO,
    /** Looked for even when it is short; the redactor keeps a lower floor of its own. */
    ALWAYS,
    /** Not a secret (a user name, a host): never looked for. */
    NEVER
}
