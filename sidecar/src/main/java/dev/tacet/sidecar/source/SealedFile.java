package dev.tacet.sidecar.source;

import dev.tacet.sidecar.source.Failure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** One file that is only ever replaced whole: readers see the old bytes or the new ones. */
final class SealedFile {
    /** Far beyond what a volume in memory holds. */
    private static final int LONGEST = 64 << 20;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;

    SealedFile(Path file) {
        this.file = file;
    }

    /** What changes while the file's lock is held. */
    interface Change<T> {
        T make() throws SourceException;
    }

    byte[] read() throws SourceException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST + 1);
        } catch (IOException e) {
            throw new SourceException(
                    Kind.CONFIGURATION,
                    "cannot read the store " + file + ": " + CredentialFile.reason(e),
                    "tacet store init --file FILE --identity FILE makes one");
        }
        if (bytes.length > LONGEST) {
            throw new SourceException(
                    Kind.CONFIGURATION, "the store " + file + " is longer than 64 MiB", "split it in two");
        }
        return bytes;
    }

    /**
     * Runs {@code change} while no other process does so. Waits for it; the lock is a file beside this one, because a
     * lock on a file that is replaced would guard the old one.
     */
    <T> T locked(Change<T> change) throws SourceException {
        Path beside = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(
                        beside, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw busy();
            }
            return change.make();
        } catch (OverlappingFileLockException e) {
            throw busy();
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private SourceException busy() {
        return new SourceException(
                Kind.CONFIGURATION, "the store " + file + " is being changed by somebody else", "try it again");
    }

    /** Replaces the file: a new one beside it, 0600, on the disk before its name is. */
    void replace(byte[] bytes) throws SourceException {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file; // a link stays a link
            Path beside = Files.createTempFile(parent(target), ".tacet-store-", ".new", OWNER_ONLY);
            try {
                write(beside, bytes);
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
            try (FileChannel directory = FileChannel.open(parent(target))) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** Makes the file, 0600; a failure when there is one already. */
    void create(byte[] bytes) throws SourceException {
        try {
            Files.createFile(file, OWNER_ONLY);
            write(file, bytes);
        } catch (FileAlreadyExistsException e) {
            throw new SourceException(
                    Kind.CONFIGURATION, file + " is there already", "name another file, or remove that one yourself");
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private SourceException notWritten(IOException e) {
        return new SourceException(
                Kind.CONFIGURATION,
                "cannot write " + file + ": " + CredentialFile.reason(e),
                "name a file in a directory that is there and that this user may write");
    }
}
