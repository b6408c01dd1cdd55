package dev.tacet.redactor.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Waits for changes of files. It may miss some: whoever uses it looks again from time to time. */
interface Changes extends AutoCloseable {

    /**
     * Returns when something may have changed in one of the directories, or after {@code atMost}. Returns at once when it
     * begins or ceases to watch a directory, because what happened there before has not been seen.
     */
    void await(Set<Path> directories, Duration atMost) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
