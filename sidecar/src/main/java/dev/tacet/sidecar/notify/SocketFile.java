package dev.tacet.sidecar.notify;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The socket's file.
 *
 * <p>{@code bind} makes it with whatever mode the umask leaves, so it is made where nobody else can reach it:
 *
 * <ol>
 *   <li>make a directory that only we may enter, beside the socket's place;
 *   <li>bind in there;
 *   <li>give the file its mode, group bits included;
 *   <li>rename it into place, over the file of a predecessor that was killed.
 * </ol>
 */
final class SocketFile {
    /** {@code sun_path} has 108 bytes on Linux (unix(7)); the JDK keeps two of them. */
    static final int LONGEST_PATH = 106;

    private static final String STAGING = ".new";
    private static final String STAGED = "s";

    private SocketFile() {}

    /**
     * Binds a socket with the mode 0660.
     *
     * @throws IOException with a message fit to be shown, when the path is too long or holds something else
     */
    static ServerSocketChannel bind(Path path) throws IOException {
        Path staging = path.resolveSibling(STAGING);
        Path staged = staging.resolve(STAGED);
        requireShort(path, staged);
        requireFree(path);
        sweep(staging, staged);
        Files.createDirectory( // 1
                staging, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(staged)); // 2
            Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rw-rw----")); // 3
            Files.move(staged, path, StandardCopyOption.ATOMIC_MOVE); // 4
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        } finally {
            sweep(staging, staged);
        }
    }

    private static void requireShort(Path path, Path staged) throws IOException {
        int length = Math.max(bytes(path), bytes(staged));
        if (length > LONGEST_PATH) {
            throw new IOException("the socket's path is " + length + " bytes long, but may have at most " + LONGEST_PATH
                    + ": choose a shorter path for the volume");
        }
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static void requireFree(Path path) throws IOException {
        boolean taken = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        // Java's word for what is no file, directory or link.
        if (taken
                && !Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther()) {
            throw new IOException("what lies in the socket's place is no socket: remove " + path);
        }
    }

    private static void sweep(Path staging, Path staged) throws IOException {
        if (Files.isDirectory(staging, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(staged);
        }
        Files.deleteIfExists(staging);
    }
}
