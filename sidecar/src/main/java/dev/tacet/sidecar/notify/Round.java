package dev.tacet.sidecar.notify;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One announcement under way.
 *
 * <p>The socket's thread tells what becomes of the redactors, another waits. Both hold the lock for moments only.
 */
final class Round {
    private final SidecarMessage.Announce announce;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Peer> outstanding = new LinkedHashSet<>();
    private boolean begun;
    private int ready;

    Round(SidecarMessage.Announce announce) {
        this.announce = announce;
    }

    /** What is said in it. */
    SidecarMessage.Announce announce() {
        return announce;
    }

    /** Whether an answer for that generation is one to this. */
    boolean isAnsweredBy(PeerMessage.Ready ready) {
        return announce.generation().equals(ready.generation());
    }

    /** These are about to hear of it. */
    void begin(Collection<Peer> redactors) {
        change(() -> {
            outstanding.addAll(redactors);
            begun = true;
        });
    }

    /** This one answered. */
    void ready(Peer peer) {
        change(() -> {
            if (outstanding.remove(peer)) {
                ready++;
            }
        });
    }

    /** This one hung up. */
    void gone(Peer peer) {
        change(() -> outstanding.remove(peer));
    }

    /**
     * Waits until each that is not known to be silent has answered or hung up. Who is waited for to the end is silent
     * from then on.
     *
     * @param timeout how long at most; an interrupt ends the waiting sooner, blames nobody, and stays set
     */
    Announcement await(Duration timeout) {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (left > 0 && !isOver()) {
                left = changed.awaitNanos(left);
            }
            // Under the lock: an answer either came before this, or lifts the mark again.
            outstanding.forEach(Peer::foundSilent);
            return result();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result();
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        return begun && outstanding.stream().allMatch(Peer::isSilent);
    }

    private Announcement result() {
        List<String> names = outstanding.stream().map(Peer::name).toList();
        return new Announcement(ready, names);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
