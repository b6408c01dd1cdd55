package dev.tacet.sidecar.notify;

import java.util.Optional;

/** What a peer says it is, in {@code hello}. */
enum Role {
    /** Masks logs; the only role that is waited for. */
    REDACTOR("redactor"),
    /** Uses the secrets. */
    APPLICATION("application"),
    /** Asks for the state. */
    OPERATOR("operator");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word.equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
