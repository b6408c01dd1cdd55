package dev.tacet.redactor.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of bounded length from a channel. Used by one thread. */
final class LineInput {
    private final ReadableByteChannel channel;
    private final ByteBuffer buffer;

    LineInput(ReadableByteChannel channel, int longest) {
        this.channel = channel;
        this.buffer = ByteBuffer.allocate(longest);
    }

    /** The next line without its line feed; null at the end, where half a line is no line. */
    byte @Nullable [] next() throws IOException, BrokenException {
        int seen = 0;
        while (true) {
            for (; seen < buffer.position(); seen++) {
                if (buffer.get(seen) == '\n') {
                    byte[] line = Arrays.copyOf(buffer.array(), seen);
                    buffer.flip().position(seen + 1);
                    buffer.compact();
                    return line;
                }
            }
            if (!buffer.hasRemaining()) {
                throw new BrokenException("is longer than " + buffer.capacity() + " bytes");
            }
            if (channel.read(buffer) < 0) {
                return null;
            }
        }
    }
}
