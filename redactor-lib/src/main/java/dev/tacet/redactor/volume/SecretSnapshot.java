package dev.tacet.redactor.volume;

import dev.tacet.redactor.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The secrets of one generation, read whole. Immutable; it goes on being what it is when the volume moves on.
 *
 * <p>Of a directory that is no volume of a sidecar's there are values only, and the generation is empty or, in a mount of Kubernetes, the name of the
 * directory that {@code ..data} points to.
 */
public final class SecretSnapshot {
    private static final int MANIFEST_BYTES = 4 << 20;

    /** How often to begin again when what is read is swept away meanwhile: each time there is a newer one. */
    private static final int TRIES = 50;

    private final String generation;
    private final SortedMap<String, SecretValue> values;
    private final Map<String, String> versions;

    private SecretSnapshot(String generation, SortedMap<String, SecretValue> values, Map<String, String> versions) {
        this.generation = generation;
        this.values = Collections.unmodifiableSortedMap(values);
        this.versions = Map.copyOf(versions);
    }

    /** Which generation this is, as the sidecar calls it; empty for a plain directory. */
    public String generation() {
        return generation;
    }

    /** The names of all values: paths in the volume, such as {@code db/password}. */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * A value, as the bytes of its file.
     *
     * @throws NoSuchElementException when there is none of this name; says which there are
     */
    public SecretValue get(String name) {
        return find(name).orElseThrow(() -> new NoSuchElementException("there is no " + name + " among " + names()));
    }

    /** A value, if there is one of this name. */
    public Optional<SecretValue> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The version of a secret, such as {@code db}, as its source counts; empty when it is unknown. */
    public String version(String secret) {
        return versions.getOrDefault(secret, "");
    }

    /** Whether the other is of the same generation and holds the same. */
    boolean isSame(SecretSnapshot other) {
        return generation.equals(other.generation) && values.equals(other.values);
    }

    /** Names and generation; no value. */
    @Override
    public String toString() {
        return "generation " + generation + " of " + names();
    }

    /**
     * Reads what is published.
     *
     * <p>A generation never changes, but an old one is removed at some time. It was read whole when {@code ..data} still points to it afterwards, since
     * only those are removed to which it does not; or when all is there that its manifest names.
     *
     * @throws IOException when nothing is published, or it cannot be read whole
     */
    static SecretSnapshot read(Path root) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Path link = root.resolve(VolumeLayout.DATA);
            if (!Files.isSymbolicLink(link)) {
                return plain(root);
            }
            Path target = Files.readSymbolicLink(link);
            Optional<SecretSnapshot> whole = readGeneration(root, target);
            if (whole.isPresent()) {
                return whole.get();
            }
        }
        throw new IOException("no generation could be read whole");
    }

    private static SecretSnapshot plain(Path root) throws IOException {
        if (Files.exists(root.resolve(VolumeLayout.CONTROL), LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException("no generation is published yet");
        }
        SecretFiles files = SecretFiles.read(root);
        if (!files.unread().isEmpty()) {
            throw new IOException("a file cannot be read");
        }
        if (files.values().isEmpty()) {
            throw new NoSuchFileException("no secret is there yet"); // a mount comes before what is put into it
        }
        return new SecretSnapshot("", files.values(), Map.of());
    }

    /** Empty when it was being removed meanwhile. */
    private static Optional<SecretSnapshot> readGeneration(Path root, Path target) throws IOException {
        String name = target.toString();
        if (target.getNameCount() != 1 || !name.startsWith(VolumeLayout.HIDDEN) || name.equals(VolumeLayout.HIDDEN)) {
            throw new IOException(VolumeLayout.DATA + " points out of the volume");
        }
        Path directory = root.resolve(target);
        Json.Obj manifest;
        SecretFiles files;
        try {
            manifest = manifest(directory.resolve(VolumeLayout.MANIFEST));
            files = SecretFiles.read(directory);
        } catch (IOException removed) {
            if (isPublished(root, target)) {
                throw removed;
            }
            return Optional.empty();
        }
        boolean whole = files.unread().isEmpty() && (isPublished(root, target) || holdsAll(manifest, files));
        if (!whole) {
            if (isPublished(root, target)) {
                throw new IOException("a file cannot be read");
            }
            return Optional.empty();
        }
        return Optional.of(new SecretSnapshot(
                manifest.text("id").orElse(name.substring(VolumeLayout.HIDDEN.length())),
                files.values(),
                versions(manifest)));
    }

    private static boolean isPublished(Path root, Path target) throws IOException {
        return Files.readSymbolicLink(root.resolve(VolumeLayout.DATA)).equals(target);
    }

    /** Without members where there is none, as in mounts of Kubernetes. */
    private static Json.Obj manifest(Path file) throws IOException {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return new Json.Obj(Map.of());
            }
            return JsonReader.read(RegularFile.read(file, MANIFEST_BYTES)) instanceof Json.Obj manifest
                    ? manifest
                    : new Json.Obj(Map.of());
        } catch (BrokenException broken) {
            throw new IOException(VolumeLayout.MANIFEST + " " + broken.getMessage());
        }
    }

    private static boolean holdsAll(Json.Obj manifest, SecretFiles files) {
        return manifest.members().get("files") instanceof Json.Obj listed
                && files.values().keySet().containsAll(listed.members().keySet());
    }

    private static Map<String, String> versions(Json.Obj manifest) {
        Map<String, String> versions = new HashMap<>();
        if (manifest.members().get("secrets") instanceof Json.Obj secrets) {
            secrets.members().forEach((name, secret) -> {
                if (secret instanceof Json.Obj one) {
                    versions.put(name, one.text("version").orElse(""));
                }
            });
        }
        return versions;
    }
}
