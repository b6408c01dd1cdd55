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
 * does. Events come at fixed times, 10,000 a second, and each is counted from the time when it was due: whoever is held up
 * by a pause is counted, all of them.
 */
final class EventTail extends Lane {
    private static final int EVENTS = 10_000;
    private static final long APART = 100_000;

    private final Rotations rotations;
    private final boolean rotating;
    private final RedactingEncoder<ILoggingEvent> encoder;
    private final ILoggingEvent[] events = new ILoggingEvent[EVENTS];
    private final long[] nanos = new long[EVENTS];
    private long written;

    EventTail(Rotations rotations, boolean rotating, List<String> messages) {
        super(1, 0);
        this.rotations = rotations;
        this.rotating = rotating;
        LoggerContext context = new LoggerContext();
        this.encoder = FileLog.redacting(context, FileLog.layout(context, "%msg%n"), rotations::current);
        encoder.start();
        for (int i = 0; i < EVENTS; i++) {
            events[i] = new LoggingEvent(
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
        for (int i = 0; i < EVENTS; i++) {
            while (System.nanoTime() - due < 0) {
                Thread.onSpinWait();
            }
            byte[] line = encoder.encode(events[i]);
            written += line == null ? 0 : line.length;
            nanos[i] = System.nanoTime() - due;
            due += APART;
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
        return nanos[EVENTS - EVENTS / 1000];
    }

    @Override
    public void close() {
        rotations.close();
    }
}
