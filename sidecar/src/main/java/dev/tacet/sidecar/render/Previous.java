package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import java.util.Optional;

/**
 * What is published now. An output whose bytes are made with random numbers stays as it is published while it holds
 * what it would hold if it were made anew, and one that cannot be made keeps its last good bytes.
 *
 * <p>It need not be what the same configuration made, nor what this process did: what is carried over is looked into
 * first.
 */
@FunctionalInterface
public interface Previous {
    /**
     * The published bytes of a file, if it is published.
     *
     * @param path below the generation's directory, as in {@link Rendered#files}
     */
    Optional<SecretValue> content(String path);

    /** Nothing is published. */
    static Previous none() {
        return path -> Optional.empty();
    }

    /** What was rendered before is published. */
    static Previous of(Rendered rendered) {
        return path -> Optional.ofNullable(rendered.files().get(path)).map(RenderedFile::content);
    }
}
