package dev.tacet.redactor.logback;

import ch.qos.logback.core.Context;
import dev.tacet.redactor.LeakReports;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.rules.Rules;
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
    private @Nullable SharedWatcher shared;

    /** False when {@code directory} names none. */
    boolean addVolume(String directory) {
        return add(directory, volumes);
    }

    /** False when {@code file} names none. */
    boolean addRules(String file) {
        return add(file, ruleFiles);
    }

    private static boolean add(String path, List<Path> to) {
        return !path.isBlank() && to.add(Path.of(path.trim()));
    }

    void builtInRules(boolean wanted) {
        builtInRules = wanted;
    }

    void redactor(Supplier<Redactor> redactor) {
        given = redactor;
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
        Supplier<Redactor> redactor = given;
        if (redactor != null) {
            return redactor;
        }
        Rules rules = builtInRules ? Rules.builtIn() : Rules.none();
        for (Path file : ruleFiles) {
            rules = rules.and(Rules.read(file));
        }
        if (volumes.isEmpty()) {
            Redactor fixed = Redactor.builder().rules(rules).build();
            return () -> fixed;
        }
        shared = SharedWatcher.acquire(
                context, new SharedWatcher.Key(List.copyOf(volumes), List.copyOf(ruleFiles), builtInRules), rules);
        return shared.redactor();
    }

    /** After {@link #start}: where leaks are reported, if anywhere. */
    @Nullable
    LeakReports leaks() {
        return shared == null ? null : shared.leaks();
    }

    void stop() {
        if (shared != null) {
            shared.release();
            shared = null;
        }
    }
}
