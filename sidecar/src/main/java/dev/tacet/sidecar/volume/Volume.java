package dev.tacet.sidecar.volume;

import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.volume.VolumeLayout;
import dev.tacet.sidecar.render.RenderedFile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A secret volume, open for its one writer. Each method is one step of a publish; their order is the caller's, and
 * whatever the step at which the process is killed, the next {@link #open} brings the volume back in order while
 * readers go on seeing the last published generation, whole.
 *
 * <p>One thread at a time. Every method may throw {@link VolumeException}; the published generation stands then.
 */
public final class Volume implements VolumeSteps, AutoCloseable {
    private static final int ROOT_MODE = 0750;
    private static final int CONTROL_MODE = 0750;
    private static final int NEEDLES_MODE = 0440;

    private final Path root;
    private final WriterLock lock;
    private final Optional<String> warning;
    private final Generations generations;
    private final UserLinks links;

    private Volume(Path root, WriterLock lock, Optional<String> warning, int uid) {
        this.root = root;
        this.lock = lock;
        this.warning = warning;
        this.generations = new Generations(root, uid);
        this.links = new UserLinks(root);
    }

    /**
     * Opens a volume, makes its root where that is missing, and sweeps what a killed writer left.
     *
     * @param path the root; a link to it is followed once, here
     * @param allowDisk whether a file system that is not in memory will do
     */
    public static Volume open(Path path, boolean allowDisk) {
        return step("open the volume " + path, () -> {
            if (!Files.exists(path)) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                OwnFiles.createDirectory(path, ROOT_MODE);
            }
            if (!Files.isDirectory(path)) {
                throw new VolumeException(path + " is not a directory", "volume.path names a directory of its own");
            }
            Path root = path.toRealPath();
            Optional<String> warning = MemoryGuard.check(root, allowDisk);
            int uid = OwnFiles.user(root);
            Path control = root.resolve(VolumeLayout.CONTROL);
            OwnFiles.ensureDirectory(control, CONTROL_MODE, uid);
            WriterLock lock = WriterLock.take(control.resolve(VolumeLayout.LOCK));
            Volume volume = new Volume(root, lock, warning, uid);
            try {
                volume.repair(uid);
                return volume;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        });
    }

    private void repair(int uid) throws IOException {
        Path data = root.resolve(VolumeLayout.DATA);
        if (OwnFiles.exists(data) && OwnFiles.linkTarget(data).isEmpty()) {
            throw new VolumeException(data + " is not a link", "remove it; only the sidecar makes it");
        }
        generations.sweep(0, Duration.ZERO, Instant.MAX);
        Optional<String> published = generations.published();
        if (published.isPresent()) {
            // A writer killed right after its commit has not made the links that go with it.
            links.update(generations.names(published.get()));
        }
        OwnFiles.deleteLink(OwnFiles.temporaryLink(data), uid);
    }

    /** What to warn of at every start: the volume is on a disk. */
    public Optional<String> warning() {
        return warning;
    }

    /** Where the pod-local socket belongs. */
    public Path socket() {
        return root.resolve(VolumeLayout.CONTROL).resolve(VolumeLayout.SOCKET);
    }

    @Override
    public Optional<Manifest> published() {
        return step("read the published generation", () -> {
            Optional<String> id = generations.published();
            return id.isEmpty()
                    ? Optional.empty()
                    : Manifest.read(generations.directory(id.get()).resolve(VolumeLayout.MANIFEST));
        });
    }

    @Override
    public SortedMap<String, SecretValue> publishedValues(String secret) {
        return step("read the published generation", () -> {
            Optional<String> id = generations.published();
            return id.isEmpty() ? new TreeMap<>() : generations.values(id.get(), secret);
        });
    }

    @Override
    public Optional<SecretValue> publishedFile(String path) {
        return step("read the published generation", () -> {
            Optional<String> id = generations.published();
            return id.isEmpty() ? Optional.empty() : generations.file(id.get(), path);
        });
    }

    @Override
    public String nextGeneration(Instant now) {
        return step("read the published generation", () -> Generations.nextId(generations.published(), now));
    }

    @Override
    public Needles needles() {
        return step("read the needles", () -> Needles.read(needlesFile()));
    }

    @Override
    public void writeNeedles(Needles needles) {
        step("write the needles", () -> {
            OwnFiles.replaceFile(needlesFile(), NEEDLES_MODE, needles::writeTo);
            return needles;
        });
    }

    @Override
    public void write(Manifest manifest, SortedMap<String, RenderedFile> files) {
        step("write generation " + manifest.generation(), () -> {
            try {
                generations.write(manifest, files);
            } catch (IOException | RuntimeException e) {
                OwnFiles.deleteTree(generations.directory(manifest.generation()));
                throw e;
            }
            return manifest;
        });
    }

    @Override
    public void commit(String generation) {
        step("publish generation " + generation, () -> {
            Path target = Path.of(VolumeLayout.HIDDEN + generation);
            try {
                OwnFiles.replaceLink(root.resolve(VolumeLayout.DATA), target);
            } catch (IOException e) {
                // The next attempt writes one of its own; this one would stay in its way, on a full volume for good.
                OwnFiles.deleteTree(generations.directory(generation));
                throw e;
            }
            return target;
        });
    }

    @Override
    public List<String> link(Set<String> files) {
        TreeSet<String> names = new TreeSet<>();
        files.forEach(file -> names.add(Path.of(file).getName(0).toString()));
        return step("make links", () -> links.update(names));
    }

    @Override
    public Optional<Instant> sweep(int keep, Duration keepFor, Instant now) {
        return step("remove old generations", () -> generations.sweep(keep, keepFor, now));
    }

    /**
     * Removes everything of ours, the needles last: until then a redactor may still have lines to mask. Foreign files
     * stay, and so does the root.
     */
    public void wipe() {
        step("wipe the volume", () -> {
            links.removeExcept(Set.of());
            Files.deleteIfExists(root.resolve(VolumeLayout.DATA));
            generations.sweep(0, Duration.ZERO, Instant.MAX);
            OwnFiles.deleteTree(root.resolve(VolumeLayout.CONTROL));
            return root;
        });
    }

    /** Lets another writer in; the volume stays as it is. */
    @Override
    public void close() {
        step("close the volume", () -> {
            lock.close();
            return lock;
        });
    }

    private Path needlesFile() {
        return root.resolve(VolumeLayout.CONTROL).resolve(VolumeLayout.NEEDLES);
    }

    interface Step<T> {
        T run() throws IOException;
    }

    /**
     * File system errors name paths only, so their reason may be shown; a file's content is never in them.
     *
     * <p>An interrupt closes the file that is being written, but is no failure of the volume: the step is taken once
     * more, and the interrupt is there again after it.
     */
    static <T> T step(String what, Step<T> step) {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return step.run();
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                } catch (IOException e) {
                    throw new VolumeException(
                            "cannot " + what + ": " + reason(e),
                            "check the volume's owner, mode and size; this user must be able to write there",
                            e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
    }
}
