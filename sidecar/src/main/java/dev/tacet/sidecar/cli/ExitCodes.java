package dev.tacet.sidecar.cli;

import dev.tacet.sidecar.source.Failure;

/** What a command ends with; documented, so a number never changes its meaning. */
final class ExitCodes {
    static final int OK = 0;
    /** A bug. */
    static final int UNEXPECTED = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** The configuration file is wrong. */
    static final int CONFIGURATION = 3;
    /** The vault cannot be reached, is sealed, or limits the rate: trying again helps. */
    static final int UNAVAILABLE = 4;
    /** A secret or a store is denied, not there, or cannot be used as it is: somebody has to change something. */
    static final int UNUSABLE = 5;
    /** The volume is refused: not in memory, held by another, or not writable. */
    static final int VOLUME = 6;

    private ExitCodes() {}

    static int of(Failure.Kind kind) {
        return switch (kind) {
            case OUTAGE, SEALED, RATE_LIMITED -> UNAVAILABLE;
            case DENIED, NOT_FOUND, CONFIGURATION -> UNUSABLE;
        };
    }
}
