package dev.tacet.redactor;

/** Whether a value is to be looked for. The words are those of {@code sensitive} in {@code needles.json}. */
public enum Sensitivity {
    /** Looked for when it is long enough for its form, no common word, and its name is not that of a user, a host or the like. */
    AUTO,
    /** Looked for even when it is short or common; the redactor keeps a lower floor of its own. */
    ALWAYS,
    /** Not a secret (a user name, a host): never looked for. */
    NEVER
}
