package dev.tacet.sidecar.cli;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.AgeDocument;
import dev.tacet.sidecar.source.AgeStore;
import dev.tacet.sidecar.source.SourceException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that every store command has. */
final class StoreFiles {
    @Option(names = "--file", required = true, paramLabel = "FILE", description = "The store, one age-encrypted file.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--identity",
            required = true,
            paramLabel = "FILE",
            description = "The identity that opens it, as age-keygen writes it.")
    @SuppressWarnings("NullAway.Init")
    private Path identity;

    AgeStore store() {
        return new AgeStore(file, identity);
    }

    Path file() {
        return file;
    }

    /** Everything in the store. */
    AgeDocument read() {
        return run(store()::read);
    }

    /** Sets one value, and says which version that made. */
    void put(StoreKey key, SecretValue value, StoreTerminal terminal) {
        String version = run(() -> store().put(key.name(), key.key(), value));
        terminal.err().println(key.name() + ": version " + version);
    }

    /** What may fail in the way of a source. */
    interface Work<T> {
        T run() throws SourceException;
    }

    static <T> T run(Work<T> work) {
        try {
            return work.run();
        } catch (SourceException e) {
            throw new CliException(e.failure());
        }
    }
}
