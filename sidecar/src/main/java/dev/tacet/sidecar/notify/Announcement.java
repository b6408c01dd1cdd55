package dev.tacet.sidecar.notify;

import java.util.List;

/**
 * How an announcement ended.
 *
 * @param ready how many redactors said that the needles are in force
 * @param silent the names of those that are connected and have not, whether they were waited for or not; fit to be
 *     shown
 */
public record Announcement(int ready, List<String> silent) {
    static final Announcement TO_NOBODY = new Announcement(0, List.of());

    public Announcement {
        silent = List.copyOf(silent);
    }
}
