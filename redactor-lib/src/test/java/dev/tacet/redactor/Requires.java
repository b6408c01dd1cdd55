package dev.tacet.redactor;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a test needs of the machine. What is absent is said on standard output, and the test goes on without it; with {@code TACET_NO_SKIP=1} in
 * the environment, as in CI, it fails instead.
 */
final class Requires {
    private Requires() {}

    /** Whether a program is on the PATH. */
    static boolean program(String name) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, name))) {
                return true;
            }
        }
        String reason = name + " is not on the PATH";
        if ("1".equals(System.getenv("TACET_NO_SKIP"))) {
            throw new AssertionError("nothing may be skipped here: " + reason);
        }
        System.out.println("[skipped] " + reason);
        return false;
    }
}
