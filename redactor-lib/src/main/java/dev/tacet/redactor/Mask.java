package dev.tacet.redactor;

import java.util.Objects;

/**
 * The text that stands where a secret was: {@code [REDACTED:db/password]}.
 *
 * <p>The name is made of {@code A-Z a-z 0-9 . _ / -}, 1 to 64 of them; whatever else a file or a rule is called by is
 * replaced by {@code _}, or a name could inject a log line or break JSON. Nothing in it depends on the value.
 *
 * @param name the name as shown
 */
public record Mask(String name) {
    private static final int LONGEST = 64;

    public Mask {
        Objects.requireNonNull(name, "name");
        String kept = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        kept = kept.replaceAll("[^A-Za-z0-9._/-]", "_");
        name = kept.isEmpty() ? "_" : kept;
    }

    /** The mask as it is written. */
    public String text() {
        return "[REDACTED:" + name + "]";
    }
}
