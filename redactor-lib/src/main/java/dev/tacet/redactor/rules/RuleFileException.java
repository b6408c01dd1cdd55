package dev.tacet.redactor.rules;

import java.io.IOException;

/** A rule file is broken, or asks for something that cannot be honoured. The message names file, line and rule. */
public final class RuleFileException extends IOException {
    private static final long serialVersionUID = 1L;

    RuleFileException(String message) {
        super(message);
    }
}
