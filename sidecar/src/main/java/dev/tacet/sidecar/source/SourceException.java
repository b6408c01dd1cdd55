package dev.tacet.sidecar.source;

import java.util.Objects;

/**
 * A {@link Failure} on its way to whoever shows it: a source turns it into {@link Fetch.Failed}, a command into its exit
 * code. It carries no cause, because the messages below it may quote a response or a document.
 */
public sealed class SourceException extends Exception permits DamagedFileException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialised; exceptions only happen to be serialisable
    private final Failure failure;

    public SourceException(Failure failure) {
        super(Objects.requireNonNull(failure, "failure").message());
        this.failure = failure;
    }

    SourceException(Failure.Kind kind, String message, String hint) {
        this(new Failure(kind, message, hint));
    }

    /** What happened, fit to be shown. */
    public Failure failure() {
        return failure;
    }
}
