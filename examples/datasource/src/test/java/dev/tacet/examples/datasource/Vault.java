package dev.tacet.examples.datasource;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What vault and sidecar do together, by the contract between sidecar and application: a user for each generation, made before it is published and dropped once
 * it is acknowledged that a later one is used.
 */
final class Vault implements AutoCloseable {
    private final Connection admin;
    private final Path volume;
    private final ServerSocketChannel server;
    private @Nullable SocketChannel application;
    private @Nullable BufferedReader said;
    private int generation;

    Vault(Connection admin, Path volume) throws IOException {
        this.admin = admin;
        this.volume = volume;
        Path control = Files.createDirectories(volume.resolve("..tacet"));
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(control.resolve("tacet.sock")));
    }

    /** Makes a user and publishes it; the one before still works. */
    void rotate() throws IOException, SQLException {
        generation++;
        String password = UUID.randomUUID().toString();
        execute("CREATE USER " + user(generation) + " PASSWORD '" + password + "' ADMIN");
        Path directory = Files.createDirectories(
                        volume.resolve("..g" + generation).resolve("db"))
                .getParent();
        Files.writeString(directory.resolve("db/username"), user(generation));
        Files.writeString(directory.resolve("db/password"), password);
        Files.writeString(
                directory.resolve("..tacet.json"),
                "{\"v\":1,\"id\":\"g" + generation + "\",\"files\":{\"db/username\":{},\"db/password\":{}},"
                        + "\"secrets\":{\"db\":{\"version\":\"" + generation + "\"}}}");
        Path link = Files.createSymbolicLink(volume.resolve("..next"), directory.getFileName());
        Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        SocketChannel peer = application;
        if (peer != null) {
            peer.write(
                    ByteBuffer.wrap(("{\"type\":\"published\",\"generation\":\"g" + generation + "\",\"secrets\":[]}\n")
                            .getBytes(UTF_8)));
        }
    }

    private static String user(int generation) {
        return "ORDERS_" + generation;
    }

    void awaitApplication() throws IOException {
        SocketChannel peer = server.accept();
        application = peer;
        said = new BufferedReader(Channels.newReader(peer, UTF_8));
        said.readLine();
    }

    /** Waits until the newest generation is acknowledged, then drops the user before it. */
    void awaitAckAndRevoke() throws IOException, SQLException {
        BufferedReader lines = said;
        if (lines == null) {
            throw new IllegalStateException("no application");
        }
        String wanted = "{\"type\":\"ack\",\"generation\":\"g" + generation + "\"}";
        for (String line = lines.readLine(); !wanted.equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("the application hung up");
            }
        }
        execute("DROP USER " + user(generation - 1));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (application != null) {
            application.close();
        }
    }
}
