package dev.tacet.sidecar.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An operator's end of the socket: asks how things are, or for the end. One request, then it hangs up. */
public final class OperatorLink {
    private static final String HELLO = "{\"type\":\"hello\",\"v\":1,\"role\":\"operator\",\"name\":\"tacet\"}\n";
    private static final String END = "{\"type\":\"end\"}";
    /** A status has a line for each secret; more is none of ours. */
    private static final int MOST_LINES = 10_000;

    private OperatorLink() {}

    /**
     * The lines of a status, without the last one.
     *
     * @throws IOException when nobody is there, or hangs up before the end
     */
    public static List<String> status(Path socket) throws IOException {
        try (SocketChannel channel = connect(socket)) {
            say(channel, HELLO + "{\"type\":\"status\"}\n");
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            List<String> status = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(END)) {
                    return status;
                }
                if (status.size() >= MOST_LINES) {
                    break;
                }
                status.add(line);
            }
            throw new IOException("the sidecar hung up");
        }
    }

    /**
     * Asks for the end, and waits until the sidecar hangs up, which it does in either case.
     *
     * @throws IOException when nobody is there
     */
    public static void quit(Path socket) throws IOException {
        try (SocketChannel channel = connect(socket)) {
            say(channel, HELLO + "{\"type\":\"quit\"}\n");
            ByteBuffer rest = ByteBuffer.allocate(1024);
            while (channel.read(rest) >= 0) {
                rest.clear();
            }
        }
    }

    private static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void say(SocketChannel channel, String lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
