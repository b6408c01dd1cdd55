package dev.tacet.redactor.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has somebody look whenever something may have changed, and from time to time; outlives whatever waiting for a change meets.
 *
 * <p>Runs on a thread of its own, which ends soon after the latch opens or the thread is interrupted.
 */
final class Follower implements Runnable {
    private final Changes changes;
    private final Supplier<Set<Path>> directories;
    private final Duration rescan;
    private final Problems problems;
    private final CountDownLatch closed;
    private final Runnable look;

    /**
     * @param changes closed at the end
     * @param directories where a change would matter, asked anew each time
     * @param look called again after whatever it throws
     */
    Follower(
            Changes changes,
            Supplier<Set<Path>> directories,
            Duration rescan,
            Problems problems,
            CountDownLatch closed,
            Runnable look) {
        this.changes = changes;
        this.directories = directories;
        this.rescan = rescan;
        this.problems = problems;
        this.closed = closed;
        this.look = look;
    }

    @Override
    public void run() {
        try (changes) {
            while (closed.getCount() > 0) {
                awaitChange();
                look();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            problems.is("file events", "not closed (" + broken.getClass().getSimpleName() + ")");
        }
    }

    private void awaitChange() throws InterruptedException {
        try {
            changes.await(directories.get(), rescan);
            problems.none("file events");
        } catch (InterruptedException ended) {
            throw ended;
        } catch (Throwable broken) {
            problems.is("file events", "none (" + broken.getClass().getSimpleName() + "); looking from time to time");
            closed.await(rescan.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Even to tell of what failed may fail, while the heap is full. */
    private void look() throws InterruptedException {
        try {
            look.run();
        } catch (RuntimeException | Error broken) {
            closed.await(rescan.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
