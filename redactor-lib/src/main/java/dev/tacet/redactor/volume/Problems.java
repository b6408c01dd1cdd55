package dev.tacet.redactor.volume;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Tells a listener what is newly wrong, and is silent about what still is. */
final class Problems {
    /** More than these of one subject are one problem, not many. */
    private static final int MOST = 20;

    private final WarningListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Set<String>> known = new HashMap<>();

    Problems(WarningListener listener) {
        this.listener = listener;
    }

    /** These and no others are wrong with {@code subject} now. */
    void are(String subject, Set<String> now) {
        lock.lock();
        try {
            Set<String> before = known.getOrDefault(subject, Set.of());
            known.put(subject, Set.copyOf(now));
            now.stream()
                    .filter(problem -> !before.contains(problem))
                    .limit(MOST)
                    .forEach(problem -> tell(subject, problem));
        } finally {
            lock.unlock();
        }
    }

    /** A listener's own trouble must not end the thread that tells of one. */
    private void tell(String subject, String problem) {
        try {
            listener.warning(subject + ": " + problem);
        } catch (RuntimeException | Error broken) {
            known.remove(subject); // it is told again when it is found again
        }
    }

    void is(String subject, String problem) {
        are(subject, Set.of(problem));
    }

    void none(String subject) {
        are(subject, Set.of());
    }
}
