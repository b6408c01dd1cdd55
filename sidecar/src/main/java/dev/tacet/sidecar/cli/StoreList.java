package dev.tacet.sidecar.cli;

import dev.tacet.sidecar.source.SecretData;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tacet store list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Shows what is in a store, one line a value: NAME/KEY and the secret's version. Never a value.",
        footerHeading = "%nExample:%n",
        footer = "  tacet store list --file demo.age --identity demo.key")
final class StoreList implements Runnable {
    private final StoreTerminal terminal;

    @Mixin
    private final StoreFiles files = new StoreFiles();

    StoreList(StoreTerminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        for (Map.Entry<String, SecretData> secret : files.read().secrets().entrySet()) {
            for (String key : secret.getValue().values().keySet()) {
                terminal.out()
                        .println(StoreKey.shown(secret.getKey() + "/" + key) + "  version "
                                + secret.getValue().version());
            }
        }
    }
}
