package dev.tacet.sidecar.source;

/** An age file that is empty, cut short or changed: for ever, or until whoever writes it has finished. */
final class DamagedFileException extends SourceException {
    private static final long serialVersionUID = 1L;

    DamagedFileException(String message) {
        super(
                Failure.Kind.CONFIGURATION,
                message,
                "put a good copy in its place; what is left of this one cannot be trusted");
    }
}
