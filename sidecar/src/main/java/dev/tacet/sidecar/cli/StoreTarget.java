package dev.tacet.sidecar.cli;

import picocli.CommandLine.Parameters;

/** The parameter of the store commands that are about one value. */
final class StoreTarget {
    @Parameters(paramLabel = "NAME/KEY", description = "The secret and the key in it, such as db/password.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String text;

    StoreKey key() {
        return StoreKey.parse(text);
    }
}
