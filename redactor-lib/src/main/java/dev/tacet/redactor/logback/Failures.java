package dev.tacet.redactor.logback;

import ch.qos.logback.core.spi.ContextAware;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what could not be redacted, and tells Logback's status of it without a word of an event. For any number of threads; throws nothing. */
final class Failures {
    private final AtomicLong count = new AtomicLong();

    long count() {
        return count.get();
    }

    /** Counts one and tells nobody. */
    void add() {
        count.incrementAndGet();
    }

    /**
     * Counts one, and tells of the first, second, fourth, eighth …
     *
     * @param broken its message may quote the event; its class cannot
     * @param what could not be done, behind "could not be"
     */
    void add(Throwable broken, String what, ContextAware owner) {
        long now = count.incrementAndGet();
        if (Long.bitCount(now) == 1) {
            try {
                owner.addError(now + " times an event could not be " + what + " ("
                        + broken.getClass().getName() + ")");
            } catch (Throwable again) {
                // No memory or no stack left to say it. The count is right and the next power of two will tell.
                return;
            }
        }
    }

    /** Counts events that waited for secrets in vain, if there were any. */
    void addDropped(long events, ContextAware owner) {
        if (events > 0) {
            count.addAndGet(events);
            owner.addWarn(events + " events were dropped while the volumes had not been read");
        }
    }
}
