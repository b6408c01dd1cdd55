package dev.tacet.sidecar.render;

/**
 * A key or a certificate cannot be used. Says so with names only, and keeps no cause: what parsers complain of may
 * quote what they read. {@link TlsMaterial#read} makes a {@link Problem} of it.
 */
final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String hint;

    UnfitException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What would be right. */
    String hint() {
        return hint;
    }

    /** The message, which is never missing. */
    String message() {
        return String.valueOf(getMessage());
    }
}
