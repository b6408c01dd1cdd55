package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import java.util.Objects;

/**
 * One file, ready to be written.
 *
 * @param content every byte of it
 * @param mode its permission bits, as in {@code chmod}: {@code 0440}
 */
public record RenderedFile(SecretValue content, int mode) {
    /** Owner and group may read. */
    public static final int DEFAULT_MODE = 0440;

    public RenderedFile {
        Objects.requireNonNull(content, "content");
        Modes.require(mode);
    }
}
