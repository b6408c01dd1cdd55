package dev.tacet.redactor.logback;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.LifeCycle;
import dev.tacet.redactor.LeakReports;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.rules.Rules;
import dev.tacet.redactor.volume.SecretVolumeWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One watcher for all encoders of a Logback context that name the same volumes and rules. It ends with the last of them, or with the
 * context's configuration: Logback stops no encoder when it is reset, but whatever was registered with the context.
 */
final class SharedWatcher extends ContextAwareBase implements LifeCycle {
    private static final String KEY = "dev.tacet.redactor.watchers";

    private final Key key;
    private final SecretVolumeWatcher watcher;
    // Guarded by the context's monitor.
    private int users;
    private volatile boolean started;

    /** What has to be the same to be shared. */
    record Key(List<Path> volumes, List<Path> ruleFiles, boolean builtInRules) {
        Rules rules() throws IOException {
            Rules rules = builtInRules ? Rules.builtIn() : Rules.none();
            for (Path file : ruleFiles) {
                rules = rules.and(Rules.read(file));
            }
            return rules;
        }
    }

    private SharedWatcher(Context context, Key key) throws IOException {
        setContext(context);
        this.key = key;
        this.watcher = SecretVolumeWatcher.of(key.volumes())
                .rules(key.rules())
                .name(String.valueOf(context.getName()))
                .listener(this::addWarn)
                .build();
    }

    /**
     * The started watcher for this key; {@link #release} it when done.
     *
     * @throws IOException when a rule file is broken or cannot be read; the message may be shown
     */
    static SharedWatcher acquire(Context context, Key key) throws IOException {
        synchronized (context) {
            Map<Key, SharedWatcher> all = all(context);
            SharedWatcher shared = all.get(key);
            if (shared == null || !shared.isStarted()) {
                shared = new SharedWatcher(context, key);
                shared.start();
                context.register(shared);
                all.put(key, shared);
            }
            shared.users++;
            return shared;
        }
    }

    void release() {
        Context context = getContext();
        synchronized (context) {
            users--;
            if (users == 0) {
                stop();
                all(context).remove(key, this);
            }
        }
    }

    Supplier<Redactor> redactor() {
        return watcher;
    }

    boolean isComplete() {
        return watcher.complete();
    }

    void whenComplete(Runnable action) {
        watcher.whenComplete(action);
    }

    LeakReports leaks() {
        return watcher.leaks();
    }

    @Override
    public void start() {
        watcher.start();
        started = true;
    }

    @Override
    public void stop() {
        started = false;
        watcher.close();
    }

    @Override
    public boolean isStarted() {
        return started;
    }

    /** Kept in the context, so that two contexts of one JVM share nothing and a reset forgets it. */
    @SuppressWarnings("unchecked")
    private static Map<Key, SharedWatcher> all(Context context) {
        Object known = context.getObject(KEY);
        if (known == null) {
            known = new HashMap<Key, SharedWatcher>();
            context.putObject(KEY, known);
        }
        return (Map<Key, SharedWatcher>) known;
    }
}
