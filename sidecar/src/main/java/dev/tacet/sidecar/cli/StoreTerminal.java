package dev.tacet.sidecar.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The streams of a store command.
 *
 * @param in where a value comes from when it is piped in
 * @param out for what was asked for
 * @param err for what else there is to say
 * @param prompt asks a person for a value without showing it; empty when standard input is not a terminal
 */
record StoreTerminal(InputStream in, PrintStream out, PrintStream err, Optional<Function<String, char[]>> prompt) {

    /** Those of this process. */
    @SuppressWarnings("SystemConsoleNull") // some Java versions have a console although input is piped: see below
    static StoreTerminal system() {
        Console console = System.console();
        Optional<Function<String, char[]>> prompt =
                console == null || !standardInput().matches("/dev/(pts/|tty|console).*")
                        ? Optional.empty()
                        : Optional.of(text -> console.readPassword("%s", text));
        return new StoreTerminal(System.in, System.out, System.err, prompt);
    }

    /** What the descriptor's link says; a pipe or a file is no person. */
    private static String standardInput() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
        } catch (IOException e) {
            return "/dev/tty"; // no /proc: then the console is to be believed
        }
    }
}
