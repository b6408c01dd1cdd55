package dev.tacet.sidecar.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. Where it is absent the test is skipped and says so on standard output; with
 * {@code TACET_NO_SKIP=1} in the environment, as in CI, it fails instead.
 */
public final class Requires {
    private Requires() {}

    /** Goes on when {@code present}; {@code reason} says what is missing and how to get it. */
    public static void that(boolean present, String reason) {
        if (present) {
            return;
        }
        if ("1".equals(System.getenv("TACET_NO_SKIP"))) {
            throw new AssertionError("nothing may be skipped here: " + reason);
        }
        System.out.println("[skipped] " + reason);
        Assumptions.abort(reason);
    }

    /** Goes on when each program is on the PATH. */
    public static void programs(String... names) {
        for (String name : names) {
            that(onPath(name), name + " is not on the PATH");
        }
    }

    static boolean onPath(String name) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, name))) {
                return true;
            }
        }
        return false;
    }
}
