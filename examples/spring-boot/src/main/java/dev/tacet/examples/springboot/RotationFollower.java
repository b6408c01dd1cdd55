package dev.tacet.examples.springboot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Calls back after each rotation, the way reloaders of ConfigMaps do: it watches the volume's directory, where the link
 * {@code ..data} is replaced by a rename. A lost event (the queue overflowed) counts as a rotation.
 */
final class RotationFollower implements AutoCloseable {
    private static final long AGAIN_MILLIS = 200;

    private final Path volume;
    private final Runnable onRotation;
    private final WatchService watch;

    /** @param onRotation runs on the follower's own thread */
    RotationFollower(Path volume, Runnable onRotation) {
        this.volume = volume;
        this.onRotation = onRotation;
        try {
            this.watch = FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Watches from the moment this returns. */
    void start() throws IOException {
        volume.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        Thread thread = new Thread(this::follow, "rotation-follower");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow() {
        boolean due = false;
        try {
            while (true) {
                WatchKey key = due ? watch.poll(AGAIN_MILLIS, TimeUnit.MILLISECONDS) : watch.take();
                due |= key != null && isRotation(key);
                if (key != null) {
                    // Before the call: what is published while it runs must be seen as well.
                    key.reset();
                }
                due = due && !called();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException closed) {
            // close() was called: the end of this thread, not a fault.
            return;
        }
    }

    private static boolean isRotation(WatchKey key) {
        return key.pollEvents().stream()
                .anyMatch(event -> event.kind() == StandardWatchEventKinds.OVERFLOW
                        || Path.of("..data").equals(event.context()));
    }

    /** False when it has to be tried again: Spring walks through old generations too, and one may be removed meanwhile. */
    private boolean called() {
        try {
            onRotation.run();
            return true;
        } catch (RuntimeException raced) {
            LoggerFactory.getLogger(RotationFollower.class).warn("could not follow a rotation, trying again", raced);
            return false;
        }
    }
}
