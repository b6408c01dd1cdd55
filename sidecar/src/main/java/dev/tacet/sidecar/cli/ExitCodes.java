package dev.tacet.sidecar.cli;

/** What the process says of its end; the help of {@code tacet} lists them. */
final class ExitCodes {
    static final int OK = 0;
    static final int UNEXPECTED = 1;
    static final int USAGE = 2;
    static final int CONFIGURATION = 3;
    /** The vault cannot be reached, is sealed, or asks to be left alone: the same call may succeed later. */
    static final int VAULT_AWAY = 4;
    /** Denied, not found, or not usable as it is: somebody has to change something. */
    static final int SECRET_UNUSABLE = 5;

    static final int VOLUME_REFUSED = 6;

    private ExitCodes() {}
}
