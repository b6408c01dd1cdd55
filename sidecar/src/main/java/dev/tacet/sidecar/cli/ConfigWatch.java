package dev.tacet.sidecar.cli;

import dev.tacet.sidecar.source.FileWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Watches the configuration's file, and those that it draws on: which they are may change with it. For one thread. */
final class ConfigWatch {
    private static final Duration RECHECK = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Runnable changed;
    private final Map<Path, FileWatch> watches = new HashMap<>();
    private final AtomicBoolean retrying = new AtomicBoolean();

    /** @param changed called on any thread */
    ConfigWatch(Runnable changed) {
        this.changed = changed;
    }

    /** Watches these from now on, and no others. */
    void follow(Set<Path> files) {
        Set<Path> gone = new HashSet<>(watches.keySet());
        gone.removeAll(files);
        gone.forEach(file -> watches.remove(file).close());
        files.forEach(file -> watches.computeIfAbsent(file, this::start));
    }

    /** Has them read once more after a while: what is wrong with them may lie in a file that is not watched yet. */
    void retry() {
        if (!retrying.getAndSet(true)) {
            run(() -> {
                LockSupport.parkNanos(RETRY.toNanos()); // sooner does no harm
                retrying.set(false);
                changed.run();
            });
        }
    }

    private FileWatch start(Path file) {
        FileWatch watch = new FileWatch(file, RECHECK, changed);
        run(watch);
        return watch;
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "tacet-config-watch");
        thread.setDaemon(true);
        thread.start();
    }
}
