package dev.tacet.sidecar.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/** Directories for a test on a real memory file system. */
public final class MemoryDirectory {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Deque<Path> created = new ArrayDeque<>();

    /** Makes a new one. */
    public Path create() throws IOException {
        Requires.that(isTmpfs(), "no tmpfs at " + SHARED_MEMORY);
        Path directory = Files.createTempDirectory(SHARED_MEMORY, "tacet-test");
        created.push(directory);
        return directory;
    }

    private static boolean isTmpfs() throws IOException {
        return Files.isDirectory(SHARED_MEMORY)
                && Files.getFileStore(SHARED_MEMORY).type().equals("tmpfs");
    }

    /** Removes them all. */
    public void delete() throws IOException {
        while (!created.isEmpty()) {
            try (Stream<Path> tree = Files.walk(created.pop())) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
