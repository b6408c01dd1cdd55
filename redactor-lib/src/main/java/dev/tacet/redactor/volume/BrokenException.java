package dev.tacet.redactor.volume;

import java.io.Serial;

/** What was read cannot be used. The message may be shown: it names places and limits, never what stands there. */
final class BrokenException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    BrokenException(String message) {
        super(message);
    }
}
