package dev.tacet.redactor.logback;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.spi.ContextAware;
import dev.tacet.redactor.LeakListener;
import dev.tacet.redactor.LeakReports;
import dev.tacet.redactor.Redactor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What encoder and appender are told alike: what to mask. Not for threads to share. */
final class Settings {
    private final List<Path> volumes = new ArrayList<>();
    private final List<Path> ruleFiles = new ArrayList<>();
    private boolean builtInRules = true;
    private @Nullable Supplier<Redactor> given;
    private @Nullable LeakListener listener;
    private boolean hold;
    private @Nullable SharedWatcher shared;
    private @Nullable LeakReports own;

    void addVolume(String directory, ContextAware owner) {
        add(directory, volumes, owner, "a <volume> is empty: name the directory that holds the secrets");
    }

    void addRules(String file, ContextAware owner) {
        add(file, ruleFiles, owner, "a <rules> is empty: name the file that holds the rules");
    }

    private static void add(String path, List<Path> to, ContextAware owner, String otherwise) {
        if (path.isBlank()) {
            owner.addError(otherwise);
        } else {
            to.add(Path.of(path.trim()));
        }
    }

    void builtInRules(boolean wanted) {
        builtInRules = wanted;
    }

    void redactor(Supplier<Redactor> redactor) {
        given = redactor;
    }

    void leakListener(LeakListener leakListener) {
        listener = leakListener;
    }

    void hold(boolean wanted) {
        hold = wanted;
    }

    /** Whether there is one source of secrets to mask, and not two. */
    boolean isComplete() {
        boolean own = !volumes.isEmpty() || !ruleFiles.isEmpty();
        return own == (given == null);
    }

    /**
     * Begins to watch.
     *
     * @return what masks, asked anew for each event
     * @throws IOException when a rule file is broken or cannot be read; the message may be shown
     */
    Supplier<Redactor> start(Context context) throws IOException {
        if (listener != null) {
            own = new LeakReports(List.of(listener), LeakReports.INTERVAL, Settings::daemon);
            own.start();
        }
        if (given != null) {
            return given;
        }
        SharedWatcher.Key key = new SharedWatcher.Key(List.copyOf(volumes), List.copyOf(ruleFiles), builtInRules);
        if (volumes.isEmpty()) {
            Redactor fixed = Redactor.builder().rules(key.rules()).build();
            return () -> fixed;
        }
        shared = SharedWatcher.acquire(context, key);
        return shared.redactor();
    }

    /** After {@link #start}: where leaks are reported, by this name. */
    LeakSink sink(String name) {
        List<LeakReports> reports = new ArrayList<>();
        if (shared != null) {
            reports.add(shared.leaks());
        }
        if (own != null) {
            reports.add(own);
        }
        return new LeakSink(List.copyOf(reports), name);
    }

    /**
     * After {@link #start}: what waits for the volumes, if anything shall.
     *
     * @param most how much may wait
     * @param whenKnown run once when they were read, on whatever thread read them
     */
    <T> @Nullable Held<T> held(int most, Runnable whenKnown) {
        SharedWatcher watched = shared;
        if (!hold || watched == null) {
            return null;
        }
        watched.whenComplete(whenKnown);
        return new Held<>(watched::isComplete, most);
    }

    void stop() {
        if (own != null) {
            own.close();
            own = null;
        }
        if (shared != null) {
            shared.release();
            shared = null;
        }
    }

    private static Thread daemon(Runnable job) {
        Thread thread = new Thread(job);
        thread.setDaemon(true);
        return thread;
    }
}
