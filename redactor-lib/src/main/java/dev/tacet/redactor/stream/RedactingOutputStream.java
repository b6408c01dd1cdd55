package dev.tacet.redactor.stream;

import dev.tacet.redactor.Finding;
import dev.tacet.redactor.Part;
import dev.tacet.redactor.Redactor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Masks secrets in all that is written, and passes it on. What comes out does not depend on how it was cut into writes, save for where a
 * rotation falls.
 *
 * <p>Bytes go out when a line ends, with {@link #flush}, and when 64 KiB have gathered; except those that may be the
 * beginning of a value or token, in whatever encoding, and a line that may become a JSON object or array. These wait for
 * what follows, however long that takes: nothing here releases them after a time. {@link #close} lets them out, and masks
 * the beginning of a value then if it is long enough.
 *
 * <p>The redactor is asked for anew each time, so a rotation also reaches what waits. At most {@value #MOST} bytes wait; when
 * more would have to, or when the redaction fails, the line {@value #PLACEHOLDER} goes out in place of them and the rest of their
 * line, and is counted. What the stream
 * behind throws is thrown; nothing else is.
 *
 * <p>For any number of threads, whose writes do not mix.
 */
public final class RedactingOutputStream extends OutputStream {
    static final String PLACEHOLDER = "[REDACTION-ERROR]";

    private static final int MOST = 16 << 20;
    private static final int GATHERED = 64 * 1024;

    /** Up to so many waiting bytes are looked at again with every flush; of more, only once a sixteenth has been added. */
    private static final int OFTEN = 4 * 1024;

    private final OutputStream out;
    private final Supplier<Redactor> redactor;
    private final Consumer<Finding> found;
    private final AtomicLong placeholders = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    // All below is guarded by the lock. What went out already and still matters, then what waits.
    private byte[] buffer = new byte[8 * 1024];
    private int from;
    private int end;
    // How much there was when it was last asked what may go out.
    private int asked;
    // Whether the line here is dropped to its end, since its beginning was.
    private boolean dropping;
    private boolean closed;

    /**
     * A stream in front of another.
     *
     * @param out where all goes; closed with this
     * @param redactor asked anew for each piece that goes out, under a lock of this stream's own
     * @param found hears of each mask, on the thread that writes
     */
    public RedactingOutputStream(OutputStream out, Supplier<Redactor> redactor, Consumer<Finding> found) {
        this.out = Objects.requireNonNull(out, "out");
        this.redactor = Objects.requireNonNull(redactor, "redactor");
        this.found = Objects.requireNonNull(found, "found");
    }

    /** The same, when nobody wants to hear of masks. */
    public RedactingOutputStream(OutputStream out, Supplier<Redactor> redactor) {
        this(out, redactor, finding -> {});
    }

    /** How many times the placeholder was written. */
    public long placeholders() {
        return placeholders.get();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        lock.lock();
        try {
            // In pieces, so that what waits does not grow with what somebody writes at once.
            int at = dropping ? afterLine(bytes, offset, length) : offset;
            for (; at < offset + length; at += GATHERED) {
                append(bytes, at, Math.min(GATHERED, offset + length - at));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets out what may go out. */
    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            int waits = end - from;
            if (end > asked && (waits < OFTEN || end - asked >= waits / 16)) {
                release(false);
            }
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Lets out all that waits, as if nothing followed; something may all the same. */
    void finish() throws IOException {
        lock.lock();
        try {
            release(true);
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Lets out all that waits, by the rule above, and closes the stream behind. Again: nothing. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try (OutputStream closing = out) {
            if (!closed) {
                closed = true;
                release(true);
                closing.flush();
            }
        } finally {
            Arrays.fill(buffer, (byte) 0);
            lock.unlock();
        }
    }

    private int afterLine(byte[] bytes, int offset, int length) {
        int at = offset;
        while (dropping && at < offset + length) {
            dropping = bytes[at++] != '\n';
        }
        return at;
    }

    private void append(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (end + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(end + length, 2 * buffer.length));
        }
        System.arraycopy(bytes, offset, buffer, end, length);
        boolean line = false;
        for (int i = end; i < end + length && !line; i++) {
            line = buffer[i] == '\n';
        }
        end += length;
        if (line || end - Math.max(from, asked) >= GATHERED) {
            release(false);
        }
    }

    private void release(boolean last) throws IOException {
        byte[] ready;
        try {
            Part part = redactor.get().part(Arrays.copyOf(buffer, end), from, last, found);
            ready = part.out();
            forget(part.end());
        } catch (RuntimeException | Error broken) {
            // Its message may quote what was written; and what waits cannot be told from a secret any more.
            ready = placeholder();
        }
        if (end - from > MOST) {
            byte[] instead = placeholder();
            ready = Arrays.copyOf(ready, ready.length + instead.length);
            System.arraycopy(instead, 0, ready, ready.length - instead.length, instead.length);
        }
        out.write(ready, 0, ready.length);
    }

    private byte[] placeholder() {
        placeholders.incrementAndGet();
        dropping = end > 0 && buffer[end - 1] != '\n';
        Arrays.fill(buffer, (byte) 0);
        from = 0;
        end = 0;
        asked = 0;
        return (PLACEHOLDER + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Keeps what waits from {@code next} on and as many bytes before as matter. */
    private void forget(int next) {
        int kept = Math.max(0, next - Part.CONTEXT);
        System.arraycopy(buffer, kept, buffer, 0, end - kept);
        Arrays.fill(buffer, end - kept, end, (byte) 0);
        from = next - kept;
        end -= kept;
        asked = end;
        if (buffer.length > 4 * GATHERED && end < GATHERED) {
            buffer = Arrays.copyOf(buffer, GATHERED);
        }
    }
}
