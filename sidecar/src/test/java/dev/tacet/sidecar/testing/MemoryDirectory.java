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
        if (!Files.isDirectory(SHARED_MEMORY)
                || !Files.getFileStore(SHARED_MEMORY).type().equals("tmpfs")) {
            Requires.missing("a tmpfs at /dev/shm");
        }
        Path directory = Files.createTempDirectory(SHARED_MEMORY, "tacet-test");
        created.push(directory);
        return directory;
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
