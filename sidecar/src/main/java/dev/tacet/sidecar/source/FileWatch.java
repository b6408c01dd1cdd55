package dev.tacet.sidecar.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls back when a file has changed: written in place, replaced by rename, or reached through a link that moved.
 *
 * <p>Watches the directory, and compares the file's inode, size and time at each event and at least once a recheck
 * span, because no system reports everything (a link further down the path, a full event queue, a remote directory).
 * The callback runs on the watching thread.
 */
public final class FileWatch implements Runnable, AutoCloseable {
    private final Path file;
    private final Path directory;
    private final Duration recheck;
    private final Runnable changed;
    private volatile boolean closed;
    private volatile @Nullable WatchService service;
    private Stamp seen;

    /** What tells one state of the file from another; all null while it is not there. */
    private record Stamp(@Nullable Object inode, @Nullable FileTime time, long size) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(now.fileKey(), now.lastModifiedTime(), now.size());
            } catch (IOException e) {
                return new Stamp(null, null, -1);
            }
        }
    }

    /** Compares from now on with the file as it is at this moment. */
    public FileWatch(Path file, Duration recheck, Runnable changed) {
        this.file = file;
        this.directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
        this.recheck = recheck;
        this.changed = changed;
        this.seen = Stamp.of(file);
    }

    @Override
    public void run() {
        try (WatchService events = directory.getFileSystem().newWatchService()) {
            service = events;
            WatchKey key = null;
            while (!closed) {
                if (key == null || !key.reset()) {
                    key = register(events);
                }
                look();
                WatchKey signalled = events.poll(recheck.toMillis(), TimeUnit.MILLISECONDS);
                if (signalled != null) {
                    signalled.pollEvents(); // which ones does not matter
                    key = signalled;
                }
            }
        } catch (ClosedWatchServiceException e) {
            // close() was called: the end
            closed = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("no file system events here", e);
        }
    }

    /** Null when the directory is not there; the next recheck tries again. */
    private @Nullable WatchKey register(WatchService events) {
        try {
            return directory.register(
                    events,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            return null;
        }
    }

    private void look() {
        Stamp now = Stamp.of(file);
        if (!now.equals(seen)) {
            seen = now;
            changed.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        WatchService events = service;
        if (events != null) {
            try {
                events.close();
            } catch (IOException e) {
                // nothing is lost: the thread ends at its next recheck
                return;
            }
        }
    }
}
