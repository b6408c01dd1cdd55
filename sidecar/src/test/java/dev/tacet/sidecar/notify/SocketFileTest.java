package dev.tacet.sidecar.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.sidecar.testing.Requires;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SocketFileTest {
    /** A memory file system where there is one: the socket's home in earnest. */
    static final Path MEMORY = Files.isDirectory(Path.of("/dev/shm"))
            ? Path.of("/dev/shm")
            : Path.of(System.getProperty("java.io.tmpdir"));

    private Path directory;
    private Path path;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory(MEMORY, "tacet-notify");
        path = directory.resolve("tacet.sock");
    }

    @AfterEach
    void removeDirectory() throws IOException {
        try (Stream<Path> left = Files.walk(directory)) {
            for (Path each : left.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void takesConnectionsUnderItsFinalNameAndLeavesNothingBesideIt() throws IOException {
        try (ServerSocketChannel server = SocketFile.bind(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw----");
            assertTakesConnections(server, path);
            assertThat(names()).containsExactly("tacet.sock");
        }
    }

    @Test
    void hasTheGroupOfASetgidDirectory() throws IOException {
        Requires.that(
                Files.getAttribute(directory, "unix:uid").equals(0), "only root can give a directory to any group");
        Files.setAttribute(directory, "unix:gid", 4711);
        Files.setAttribute(directory, "unix:mode", 02750);
        SocketFile.bind(path).close();
        assertThat(Files.getAttribute(path, "unix:gid")).isEqualTo(4711);
    }

    @Test
    void replacesTheSocketOfADeadPredecessor() throws IOException {
        // Closing leaves the file, as a kill does.
        SocketFile.bind(path).close();
        assertThat(path).exists();
        assertThatThrownBy(() -> connect(path)).isInstanceOf(IOException.class);
        try (ServerSocketChannel server = SocketFile.bind(path)) {
            assertTakesConnections(server, path);
        }
    }

    @Test
    void startsOverWhereAPredecessorWasKilledWhileBinding() throws IOException {
        Path staging = Files.createDirectory(directory.resolve(".new"));
        SocketFile.bind(staging.resolve("s")).close();
        try (ServerSocketChannel server = SocketFile.bind(path)) {
            assertTakesConnections(server, path);
            assertThat(names()).containsExactly("tacet.sock");
        }
    }

    @Test
    void followsNoLinkThatLiesInItsWay() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path kept = Files.writeString(elsewhere.resolve("s"), "kept");
        Files.createSymbolicLink(directory.resolve(".new"), elsewhere);
        SocketFile.bind(path).close();
        assertThat(kept).hasContent("kept");
        assertThat(names()).containsExactlyInAnyOrder("elsewhere", "tacet.sock");
    }

    @Test
    void leavesAloneWhatIsNoSocket() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "kept");
        Path file = Files.writeString(directory.resolve("file"), "kept");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        for (Path taken : new Path[] {file, link}) {
            assertThatThrownBy(() -> SocketFile.bind(taken))
                    .isInstanceOf(IOException.class)
                    .hasMessage("what lies in the socket's place is no socket: remove " + taken);
            assertThat(taken).hasContent("kept");
        }
    }

    @Test
    void saysHowLongAPathMayBe() throws IOException {
        int room = SocketFile.LONGEST_PATH - directory.toString().length() - 1;
        Path longest = directory.resolve("x".repeat(room));
        try (ServerSocketChannel server = SocketFile.bind(longest)) {
            assertTakesConnections(server, longest);
        }
        assertThatThrownBy(() -> SocketFile.bind(directory.resolve("x".repeat(room + 1))))
                .isInstanceOf(IOException.class)
                .hasMessage("the socket's path is 107 bytes long, but may have at most 106:"
                        + " choose a shorter path for the volume");
    }

    private static void assertTakesConnections(ServerSocketChannel server, Path path) throws IOException {
        try (SocketChannel client = connect(path);
                SocketChannel accepted = server.accept()) {
            assertThat(client.isConnected() && accepted.isConnected()).isTrue();
        }
    }

    private static SocketChannel connect(Path path) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
