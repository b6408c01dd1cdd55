package dev.tacet.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the public log lines and rule files lie: {@code shared/data} in a directory above this one. */
final class SharedData {
    private SharedData() {}

    static Path path(String name) {
        Path here = Path.of("").toAbsolutePath();
        for (Path directory = here; directory != null; directory = directory.getParent()) {
            Path file = directory.resolve("shared/data").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new IllegalStateException("no shared/data/" + name + " in any directory above " + here
                + ": put the folder shared beside the project");
    }
}
