package dev.tacet.sidecar.health;

import java.time.Instant;

/** The latest status, for many threads. */
public final class StatusBoard {
    private volatile Status status;

    public StatusBoard(Instant start) {
        this.status = Status.none(start);
    }

    public void update(Status latest) {
        status = latest;
    }

    public Status current() {
        return status;
    }
}
