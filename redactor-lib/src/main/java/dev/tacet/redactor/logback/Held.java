package dev.tacet.redactor.logback;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What waits until the secrets are known. Bounded: what is too much is dropped and counted, and what never can be redacted is never let
 * go. For any number of threads; none waits for another longer than an item takes to be put down.
 */
final class Held<T> {
    private final BooleanSupplier known;
    private final int most;
    // Guarded by this, all of them.
    private final List<T> waiting = new ArrayList<>();
    private int weight;
    private long dropped;
    private boolean over;
    // Never becomes false again, so that one read is all that it costs later.
    private volatile boolean open;

    /**
     * @param known whether the secrets are known; asked with each item
     * @param most how much may wait, as {@link #hold} weighs it
     */
    Held(BooleanSupplier known, int most) {
        this.known = known;
        this.most = most;
    }

    /** Nothing waits, and nothing has to. */
    boolean isOpen() {
        return open;
    }

    /** Whether {@code item} waits now, or was dropped; false when the secrets are known: then it comes behind what {@link #release} gives. */
    synchronized boolean hold(T item, int itsWeight) {
        if (!over && (open || known.getAsBoolean())) {
            return false;
        }
        if (over || itsWeight > most - weight) {
            dropped++;
        } else {
            weight += itsWeight;
            waiting.add(item);
        }
        return true;
    }

    /** What waited, in order, if the secrets are known; and nothing waits from then on. */
    synchronized Released<T> release() {
        if (open || over || !known.getAsBoolean()) {
            return new Released<>(List.of(), 0);
        }
        open = true;
        return emptied();
    }

    /** At the end: what waited may not go out any more, nor what comes late. */
    synchronized long drop() {
        over = !open;
        Released<T> all = emptied();
        return all.items().size() + all.dropped();
    }

    private Released<T> emptied() {
        Released<T> all = new Released<>(List.copyOf(waiting), dropped);
        waiting.clear();
        weight = 0;
        dropped = 0;
        return all;
    }

    /**
     * What goes out.
     *
     * @param dropped how many were too much
     */
    record Released<T>(List<T> items, long dropped) {}
}
