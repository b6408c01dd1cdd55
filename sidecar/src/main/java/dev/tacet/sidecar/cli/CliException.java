package dev.tacet.sidecar.cli;

import dev.tacet.sidecar.source.Failure;

/**
 * Ends a command: {@code main} shows {@code tacet: error: message}, {@code tacet: hint: hint}, and exits. It carries no
 * cause, so that nothing but these two lines can be shown.
 */
final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String hint;

    /** Both texts lower case, without a full stop; {@code exitCode} one of {@link ExitCodes}. */
    CliException(int exitCode, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** The same for what a source could not do. */
    CliException(Failure failure) {
        this(ExitCodes.of(failure.kind()), failure.message(), failure.hint());
    }

    int exitCode() {
        return exitCode;
    }

    String hint() {
        return hint;
    }
}
