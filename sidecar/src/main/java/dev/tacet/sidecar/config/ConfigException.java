package dev.tacet.sidecar.config;

/**
 * The configuration cannot be used. The command line shows message and hint and ends with its exit code for
 * configuration; neither quotes a value of the file, which may hold a secret by mistake.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String hint;

    /**
     * @param message where and what: {@code tacet.yaml:3:9: volume.retain: not a duration}
     * @param hint what would be right
     */
    public ConfigException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What would be right. */
    public String hint() {
        return hint;
    }
}
