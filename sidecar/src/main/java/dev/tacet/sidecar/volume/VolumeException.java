package dev.tacet.sidecar.volume;

import org.jspecify.annotations.Nullable;

/**
 * The volume cannot be used, or not be written now. The last published generation stands as it was. The command line
 * shows message and hint; neither holds a value.
 */
public final class VolumeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String hint;

    public VolumeException(String message, String hint) {
        this(message, hint, null);
    }

    public VolumeException(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** What would be right. */
    public String hint() {
        return hint;
    }
}
