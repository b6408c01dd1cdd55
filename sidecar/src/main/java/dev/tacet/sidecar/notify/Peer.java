package dev.tacet.sidecar.notify;

import dev.tacet.redactor.Mask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One connection. Belongs to the socket's thread, but for {@link #isSilent()} and {@link #foundSilent()}. */
final class Peer {
    /** What may wait for a peer that is slow to read, in bytes, beside what the kernel holds. */
    static final int MOST_QUEUED = 256 * 1024;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final UserPrincipal user;
    private final ByteBuffer in = ByteBuffer.allocate(SidecarMessage.LONGEST_LINE);
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private int queued;
    private @Nullable Role role;
    private String name = "unnamed peer";
    // Set by the thread that waited for this peer in vain, cleared by the socket's.
    private volatile boolean silent;

    Peer(SocketChannel channel, SelectionKey key, UserPrincipal user) {
        this.channel = channel;
        this.key = key;
        this.user = user;
    }

    /** Fit to be shown. */
    String name() {
        return name;
    }

    /** Whose process it is. */
    UserPrincipal user() {
        return user;
    }

    boolean isIntroduced() {
        return role != null;
    }

    boolean is(Role asked) {
        return role == asked;
    }

    void introduce(PeerMessage.Hello hello) {
        role = hello.role();
        name = new Mask(hello.name()).name();
    }

    /** Whether it let an announcement pass without an answer, and has answered none since. */
    boolean isSilent() {
        return silent;
    }

    void foundSilent() {
        silent = true;
    }

    void answered() {
        silent = false;
    }

    /** Takes what has arrived, once; false when the peer has hung up. Take every line before the next call. */
    boolean receive() throws IOException {
        return channel.read(in) >= 0;
    }

    /** The next whole line without its line feed, or null. */
    byte @Nullable [] takeLine() {
        for (int i = 0; i < in.position(); i++) {
            if (in.get(i) == '\n') {
                byte[] line = Arrays.copyOf(in.array(), i);
                in.flip().position(i + 1);
                in.compact();
                return line;
            }
        }
        return null;
    }

    /** Whether the line that is arriving is already too long. */
    boolean isOverlong() {
        return !in.hasRemaining();
    }

    /** Sends or queues one line; false when the queue has no room for it. */
    boolean send(byte[] line) throws IOException {
        if (queued + line.length > MOST_QUEUED) {
            return false;
        }
        out.add(ByteBuffer.wrap(line));
        queued += line.length;
        flush();
        return true;
    }

    /** Sends of the queue what the kernel takes. */
    void flush() throws IOException {
        for (ByteBuffer first = out.peek(); first != null; first = out.peek()) {
            queued -= channel.write(first);
            if (first.hasRemaining()) {
                break;
            }
            out.remove();
        }
        key.interestOps(out.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    void close() throws IOException {
        channel.close();
    }
}
