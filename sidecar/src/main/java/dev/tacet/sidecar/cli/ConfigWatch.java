package dev.tacet.sidecar.cli;

import dev.tacet.sidecar.source.FileWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Watches the configuration's file, and those that it draws on: which they are may change with it. For one thread. */
final class ConfigWatch {
    private static final Duration RECHECK = Duration.ofSeconds(30);

    private final Runnable changed;
    private final Map<Path, FileWatch> watches = new HashMap<>();

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

    private FileWatch start(Path file) {
        FileWatch watch = new FileWatch(file, RECHECK, changed);
        Thread thread = new Thread(watch, "tacet-config-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }
}
