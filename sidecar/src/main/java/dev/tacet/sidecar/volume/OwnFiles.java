package dev.tacet.sidecar.volume;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The few system calls a volume is made of, each in the form that follows no link and never widens a right.
 *
 * <p>Modes are given when an entry is made, so there is no moment with another one. A umask that takes bits away is
 * made up for afterwards. {@code Files.setPosixFilePermissions} would clear a directory's inherited setgid bit, and
 * with it the group of all that is made below: the {@code unix:mode} attribute keeps it.
 */
final class OwnFiles {
    private static final int SETGID = 02000;
    private static final int PERMISSIONS = 07777;

    private static final Map<Integer, FileAttribute<Set<PosixFilePermission>>> PERMISSIONS_OF =
            new ConcurrentHashMap<>();

    private OwnFiles() {}

    /** Makes a directory, setgid always. */
    static void createDirectory(Path path, int mode) throws IOException {
        Files.createDirectory(path, permissions(mode));
        if (mode(path) != (mode | SETGID)) {
            Files.setAttribute(path, "unix:mode", mode | SETGID, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Makes a file that was not there, whole. */
    static void createFile(Path path, int mode, byte[] content) throws IOException {
        createFile(path, mode, out -> out.write(content));
    }

    /** What a file is to hold. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void createFile(Path path, int mode, Content content) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(path, options, permissions(mode))) {
            if (mode(path) != mode) {
                Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
            }
            content.writeTo(Channels.newOutputStream(channel));
        }
    }

    /** Replaces a file by rename: a reader has the old one or the new one. What a killed writer left is removed. */
    static void replaceFile(Path path, int mode, Content content) throws IOException {
        Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        createFile(temporary, mode, content);
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Replaces a link by rename, so that it points to the old or the new target at any time. */
    static void replaceLink(Path path, Path target) throws IOException {
        Path temporary = temporaryLink(path);
        Files.deleteIfExists(temporary);
        Files.createSymbolicLink(temporary, target);
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where {@link #replaceLink} makes the new link. */
    static Path temporaryLink(Path path) {
        return path.resolveSibling(path.getFileName() + "_tmp");
    }

    /** Removes an own link, and nothing else. */
    static void deleteLink(Path path, int uid) throws IOException {
        if (Files.isSymbolicLink(path) && owner(path) == uid) {
            Files.delete(path);
        }
    }

    /** Where a link points to, or nothing where there is no link. */
    static Optional<Path> linkTarget(Path path) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(path));
        } catch (NoSuchFileException | NotLinkException e) {
            return Optional.empty();
        }
    }

    /** The user this process writes as, in numbers, seen on a file it makes for that. */
    static int user(Path directory) throws IOException {
        Path probe = directory.resolve("..tacet_probe");
        Files.deleteIfExists(probe);
        createFile(probe, 0400, new byte[0]);
        int user = owner(probe);
        Files.delete(probe);
        return user;
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether this is a directory, no link to one, of this process's own user. */
    static boolean isOwnDirectory(Path path, int uid) throws IOException {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && owner(path) == uid;
    }

    static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & PERMISSIONS;
    }

    static List<Path> list(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        return entries;
    }

    /**
     * Removes a tree by unlinking, links themselves and not what they point to. Nothing is overwritten: a reader that
     * has a file open goes on reading it, and the kernel clears the pages of a memory file system when they are freed.
     */
    static void deleteTree(Path root) throws IOException {
        try {
            Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException e) {
            for (Path entry : list(root)) {
                deleteTree(entry);
            }
            Files.deleteIfExists(root);
        }
    }

    /** Makes a directory unless an own one is there; anything else of that name is refused. */
    static void ensureDirectory(Path path, int mode, int uid) throws IOException {
        try {
            createDirectory(path, mode);
        } catch (FileAlreadyExistsException e) {
            if (!isOwnDirectory(path, uid)) {
                throw new VolumeException(
                        path + " is not a directory of this user", "remove it; only one sidecar writes this volume", e);
            }
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(int mode) {
        // Few modes, and thousands of files.
        return PERMISSIONS_OF.computeIfAbsent(mode, OwnFiles::attribute);
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(int mode) {
        StringBuilder text = new StringBuilder("rwxrwxrwx");
        for (int bit = 0; bit < text.length(); bit++) {
            if ((mode & (0400 >> bit)) == 0) {
                text.setCharAt(bit, '-');
            }
        }
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text.toString()));
    }
}
