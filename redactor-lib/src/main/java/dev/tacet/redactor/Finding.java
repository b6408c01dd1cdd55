package dev.tacet.redactor;

import java.util.Objects;

/**
 * What a mask stands for; never the value.
 *
 * @param name the name in the mask: of the secret, or of the rule that found a token
 * @param version which version of the secret it was, as its source counts; empty when unknown and for rules
 * @param kind by what it was found
 */
public record Finding(String name, String version, Kind kind) {

    /** By what something was found. */
    public enum Kind {
        /** A known value. */
        VALUE,
        /** The shape of a token. */
        RULE
    }

    public Finding {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(kind, "kind");
    }
}
