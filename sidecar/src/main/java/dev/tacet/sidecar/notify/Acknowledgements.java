package dev.tacet.sidecar.notify;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Which applications heard of which generation and have said that they use it, and whether anybody is there at all. For
 * many threads.
 *
 * <p>An application that hangs up without a word may only have lost its connection, and go on using what it has: of a
 * generation that it heard of and did not acknowledge nobody says any more that it is settled.
 */
final class Acknowledgements {
    /** Older ones are settled or past their grace. */
    private static final int MOST = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Hearers> generations = new LinkedHashMap<>();
    // What each said last: it sees a generation in the volume, and may say so, before it is told.
    private final Map<Peer, String> inUse = new HashMap<>();
    private final Set<Peer> present = new HashSet<>();
    private boolean anybodyEver;

    private static final class Hearers {
        private final Set<Peer> waiting;
        private boolean lost;

        Hearers(Collection<Peer> applications) {
            this.waiting = new HashSet<>(applications);
            this.lost = applications.isEmpty();
        }
    }

    /**
     * A redactor or an application has introduced itself. An application may use what it read before it came, so it is
     * waited for as if it had been told: it says what it uses now.
     */
    void came(Peer peer, boolean application) {
        locked(() -> {
            anybodyEver = true;
            if (application) {
                generations.values().forEach(hearers -> hearers.waiting.add(peer));
            }
            return present.add(peer);
        });
    }

    /**
     * These are told of a generation.
     *
     * @return whether one of them has said before that it uses it
     */
    boolean told(String generation, Collection<Peer> applications) {
        return locked(() -> {
            if (generations.size() >= MOST) {
                generations.remove(generations.keySet().iterator().next());
            }
            generations.put(generation, new Hearers(applications));
            List<Peer> ahead = applications.stream()
                    .filter(peer -> generation.equals(inUse.get(peer)))
                    .toList();
            ahead.forEach(peer -> settle(peer, generation));
            return !ahead.isEmpty();
        });
    }

    /** It uses that generation, and so none that was before. */
    void acknowledged(Peer peer, String generation) {
        locked(() -> {
            if (generations.containsKey(generation)) {
                settle(peer, generation);
            }
            return inUse.put(peer, generation);
        });
    }

    private void settle(Peer peer, String generation) {
        for (Map.Entry<String, Hearers> entry : generations.entrySet()) {
            entry.getValue().waiting.remove(peer);
            if (entry.getKey().equals(generation)) {
                return;
            }
        }
    }

    void gone(Peer peer) {
        locked(() -> {
            for (Hearers hearers : generations.values()) {
                hearers.lost |= hearers.waiting.remove(peer);
            }
            inUse.remove(peer);
            return present.remove(peer);
        });
    }

    /** Whether applications heard of it, and each that is here has said that it uses it. */
    boolean isSettled(String generation) {
        return locked(() -> {
            Hearers hearers = generations.get(generation);
            return hearers != null && !hearers.lost && hearers.waiting.isEmpty();
        });
    }

    /** Whether somebody was there, and nobody is any more. */
    boolean hasEveryoneLeft() {
        return locked(() -> anybodyEver && present.isEmpty());
    }

    /** How many are there. */
    int present() {
        return locked(() -> List.copyOf(present).size());
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
