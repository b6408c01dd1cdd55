package dev.tacet.redactor.volume;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Changes as the file system tells them; inotify on Linux. Which file it was does not matter. Used by one thread. */
final class DirectoryChanges implements Changes {
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_DELETE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.OVERFLOW
    };

    private final Map<Path, WatchKey> keys = new HashMap<>();
    private @Nullable WatchService service;

    @Override
    public void await(Set<Path> directories, Duration atMost) throws IOException, InterruptedException {
        WatchService watches = service;
        if (watches == null) {
            // The first directory says which file system to ask.
            Path any =
                    directories.isEmpty() ? Path.of("") : directories.iterator().next();
            watches = any.getFileSystem().newWatchService();
            service = watches;
        }
        try {
            if (watch(watches, directories)) {
                return;
            }
            WatchKey key = watches.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            while (key != null) {
                key.pollEvents();
                key.reset();
                key = watches.poll();
            }
        } catch (ClosedWatchServiceException closed) {
            throw new IOException(closed);
        }
    }

    /** Whether what is watched is not what was watched before; then something may have gone unseen. */
    private boolean watch(WatchService watches, Set<Path> wanted) throws IOException {
        boolean other = false;
        for (Iterator<Map.Entry<Path, WatchKey>> all = keys.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Path, WatchKey> one = all.next();
            if (!wanted.contains(one.getKey())) {
                one.getValue().cancel();
                all.remove();
                other = true;
            }
        }
        for (Path directory : wanted) {
            other |= register(watches, directory);
        }
        return other;
    }

    /** Every time, since another directory may have come by the same name; for the same one it is the same key. */
    private boolean register(WatchService watches, Path directory) throws IOException {
        try {
            WatchKey key = directory.register(watches, KINDS);
            return key != keys.put(directory, key);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return keys.remove(directory) != null; // between reading and watching; the next reading will not name it
        }
    }

    @Override
    public void close() throws IOException {
        WatchService watches = service;
        if (watches != null) {
            watches.close();
        }
    }
}
