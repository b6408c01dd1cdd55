package dev.tacet.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.tacet.redactor.logback.RedactingEncoder;
import java.util.Arrays;
import java.util.List;

/**
 * How long an event takes at the 99.9th percentile, in nanoseconds, while another thread rebuilds the redactor or while none
 * does: one event after the other, or at fixed times. In the latter case each is counted from the time when it was due, so
 * that all who are held up by a pause are counted, and not only the first.
 */
final class EventTail extends Lane {
    private static final int MESSAGES = 10_000;

    private final Rotations rotations;
    private final boolean rotating;
    private final RedactingEncoder<ILoggingEvent> encoder;
    private final ILoggingEvent[] events = new ILoggingEvent[MESSAGES];
    private final long[] nanos;
    private final long apart;
    private long written;

    /**
     * @param events how many
     * @param apart how many nanoseconds from one to the next; 0: as soon as the one before is done
     */
    EventTail(Rotations rotations, boolean rotating, List<String> messages, int events, long apart) {
        super(1, 0);
        this.nanos = new long[events];
        this.apart = apart;
        this.rotations = rotations;
        this.rotating = rotating;
        LoggerContext context = FileLog.context();
        this.encoder = FileLog.redacting(context, FileLog.layout(context, "%msg%n"), rotations::current);
        encoder.start();
        for (int i = 0; i < MESSAGES; i++) {
            this.events[i] = new LoggingEvent(
                    EventTail.class.getName(),
                    context.getLogger("com.example.orders.OrderService"),
                    Level.INFO,
                    messages.get(i % messages.size()),
                    null,
                    null);
        }
    }

    @Override
    long pass() {
        long due = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            while (System.nanoTime() - due < 0) {
                Thread.onSpinWait();
            }
            byte[] line = encoder.encode(events[i % MESSAGES]);
            written += line == null ? 0 : line.length;
            long now = System.nanoTime();
            nanos[i] = now - due;
            due = apart == 0 ? now : due + apart;
        }
        return written;
    }

    @Override
    long measure() {
        try {
            rotations.want(rotating);
            pass();
            rotations.want(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
        Arrays.sort(nanos);
        return nanos[nanos.length - nanos.length / 1000];
    }

    @Override
    public void close() {
        rotations.close();
    }
}
