package dev.tacet.sidecar.cli;

import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tacet store init}. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an empty store, and its identity if that file is not there yet; both 0600.",
            "Prints the public key that the store is sealed for. Nothing is overwritten."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  tacet store init --file demo.age --identity demo.key",
            "",
            "Keep the identity apart from the store, and copy it somewhere safe:",
            "without it nothing opens the store."
        })
final class StoreInit implements Runnable {
    private final StoreTerminal terminal;
    private final SecureRandom random;

    @Mixin
    private final StoreFiles files = new StoreFiles();

    StoreInit(StoreTerminal terminal, SecureRandom random) {
        this.terminal = terminal;
        this.random = random;
    }

    @Override
    public void run() {
        terminal.out().println(StoreFiles.run(() -> files.store().init(random)));
    }
}
