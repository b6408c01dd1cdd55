package dev.tacet.sidecar.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tacet store get}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Writes one value to standard output, its very bytes and nothing after them.",
        footerHeading = "%nExample:%n",
        footer = "  tacet store get --file demo.age --identity demo.key tls/keystore.p12 > keystore.p12")
final class StoreGet implements Runnable {
    private final StoreTerminal terminal;

    @Mixin
    private final StoreFiles files = new StoreFiles();

    @Mixin
    private final StoreTarget target = new StoreTarget();

    StoreGet(StoreTerminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        byte[] value = target.key().in(files.read(), files).reveal(); // what was asked for
        terminal.out().write(value, 0, value.length);
        terminal.out().flush();
    }
}
