package dev.tacet.redactor.rules;

import java.nio.file.Files;
import java.nio.file.Path;

/** Test data that lies beside the project. */
final class SharedData {
    private SharedData() {}

    /** A file or folder of {@code shared/data}; fails when it is not there, since the test would be empty without it. */
    static Path at(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path wanted = at.resolve("shared/data").resolve(name);
            if (Files.exists(wanted)) {
                return wanted;
            }
        }
        throw new AssertionError("no shared/data/" + name + " beside the project: this test needs it");
    }
}
