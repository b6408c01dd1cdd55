package dev.tacet.sidecar.notify;

import dev.tacet.redactor.Mask;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what peers report, and warns of leaks: one line a minute for each kind, for 64 kinds a minute. Causes nothing else.
 * The counts are for any thread, the rest is for the socket's.
 */
final class PeerReports {
    private static final Logger log = LoggerFactory.getLogger(PeerReports.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_KINDS = 64;

    private final LongSupplier nanoTime;
    private final AtomicLong leaks = new AtomicLong();
    private final AtomicLong acks = new AtomicLong();
    private final AtomicLong rejects = new AtomicLong();
    // When each kind was last warned of.
    private final Map<Kind, Long> warned = new HashMap<>();

    /** Fit to be shown, and so bounded. */
    private record Kind(String what, String name, String version, String sink, String logger, String level) {
        static Kind of(PeerMessage.Leak leak) {
            return new Kind(
                    leak.rule() ? "rule" : "secret",
                    shown(leak.name()),
                    shown(leak.version()),
                    shown(leak.sink()),
                    shown(leak.logger()),
                    shown(leak.level()));
        }

        private static String shown(String text) {
            return text.isEmpty() ? "-" : new Mask(text).name();
        }
    }

    PeerReports(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    long leaks() {
        return leaks.get();
    }

    long acks() {
        return acks.get();
    }

    long rejects() {
        return rejects.get();
    }

    void ack() {
        acks.incrementAndGet();
    }

    void reject() {
        rejects.incrementAndGet();
    }

    void leak(Peer from, PeerMessage.Leak leak) {
        // A peer may say any number: the count stays at the top instead of turning negative.
        leaks.accumulateAndGet(leak.count(), (a, b) -> a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b);
        long now = nanoTime.getAsLong();
        Kind kind = Kind.of(leak);
        warned.values().removeIf(at -> now - at >= WINDOW.toNanos());
        if (warned.size() >= MOST_KINDS || warned.putIfAbsent(kind, now) != null) {
            return;
        }
        log.warn(
                "leak masked: {}={} version={} sink={} logger={} level={} count={} redactor={}",
                kind.what(),
                kind.name(),
                kind.version(),
                kind.sink(),
                kind.logger(),
                kind.level(),
                leak.count(),
                from.name());
    }
}
