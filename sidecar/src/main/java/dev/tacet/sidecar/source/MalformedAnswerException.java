package dev.tacet.sidecar.source;

import java.io.IOException;

/** A vault's answer is not the JSON it should be, or too long. Says no more: the answer may hold anything. */
final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException() {
        super("malformed answer");
    }
}
