package dev.tacet.sidecar.volume;

import dev.tacet.sidecar.volume.Volume.Step;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file of mode 0600 in memory, for this process and its successors alone. Its directory is refused on a disk, whatever
 * the volume for readers may be on.
 *
 * <p>One thread at a time. Every method may throw {@link VolumeException}.
 */
public final class PrivateFile {
    private static final int MODE = 0600;
    private static final int DIRECTORY_MODE = 0700;
    /** No state is so long: whatever is, is none of ours. */
    private static final long LONGEST = 16L << 20;

    private final Path file;
    private final int uid;

    private PrivateFile(Path file, int uid) {
        this.file = file;
        this.uid = uid;
    }

    /**
     * Makes the directory where it is missing.
     *
     * @param directory of its own; a link to it is followed once, here
     */
    public static PrivateFile in(Path directory, String name) {
        return Volume.step("open " + directory, () -> {
            if (!Files.exists(directory)) {
                Files.createDirectories(directory.toAbsolutePath().getParent());
                OwnFiles.createDirectory(directory, DIRECTORY_MODE);
            }
            Path root = directory.toRealPath();
            MemoryGuard.check(root, false);
            return new PrivateFile(root.resolve(name), OwnFiles.user(root));
        });
    }

    /** What is in it; nothing where there is no file, or one that others may have written. */
    public Optional<byte[]> read() {
        return step("read", () -> {
            boolean ours = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && OwnFiles.owner(file) == uid
                    && OwnFiles.mode(file) == MODE
                    && Files.size(file) <= LONGEST;
            return ours ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        });
    }

    /** Whether something lies in its place, ours or not. */
    public boolean exists() {
        return OwnFiles.exists(file);
    }

    /** Replaces it by rename: a successor finds the old one or the new one, whole. */
    public void write(byte[] content) {
        step("write", () -> {
            OwnFiles.replaceFile(file, MODE, out -> out.write(content));
            return file;
        });
    }

    /** Removes it. */
    public void delete() {
        step("remove", () -> Files.deleteIfExists(file));
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private <T> T step(String what, Step<T> step) throws VolumeException {
        return Volume.step(what + " " + file, step);
    }
}
