package dev.tacet.sidecar;

/** The process of a simulation ends here, as SIGKILL would have it: nothing of its own runs any more. */
final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
        super("killed", null, false, false);
    }
}
