package dev.tacet.sidecar.volume;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.render.RenderedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a publish is made of. Each method is one step; their order is the caller's, and whatever the step at which the
 * process is killed, readers go on seeing the last published generation, whole.
 *
 * <p>One thread at a time. Every method may throw {@link VolumeException}; the published generation stands then.
 */
public interface VolumeSteps {

    /** The published generation, if there is one. */
    Optional<Manifest> published();

    /** The values of a secret in the published generation, by key; none when it is not in there. */
    SortedMap<String, SecretValue> publishedValues(String secret);

    /** A file of the published generation; nothing when it is not in there. */
    Optional<SecretValue> publishedFile(String path);

    /** An id for the generation after the published one. */
    String nextGeneration(Instant now);

    /** What redactors were last told to look for. */
    Needles needles();

    /** Replaces what redactors look for, at once for whoever opens the file next. */
    void writeNeedles(Needles needles);

    /** Writes a generation beside the published one; nobody sees it yet. What could not be written whole is removed. */
    void write(Manifest manifest, SortedMap<String, RenderedFile> files);

    /** The commit: from here on readers see {@code generation}. Where it fails, {@code generation} is removed. */
    void commit(String generation);

    /**
     * Makes and removes readers' links for the published generation.
     *
     * @param files the paths in it
     * @return the names that something foreign stands in the way of; it stays as it was
     */
    List<String> link(Set<String> files);

    /**
     * Removes old generations.
     *
     * @return when to call again
     */
    Optional<Instant> sweep(int keep, Duration keepFor, Instant now);
}
