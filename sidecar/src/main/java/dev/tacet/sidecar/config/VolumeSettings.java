package dev.tacet.sidecar.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * The volume to publish into: the key {@code volume}.
 *
 * @param path its root, absolute
 * @param allowDisk whether a file system that is not in memory is accepted, with a warning on every start
 * @param quiescence how long changes gather after the first, so that they are published as one set
 * @param announceTimeout how long redactors have to say that they know a new value
 * @param keepGenerations how many old generations stay for slow readers
 * @param keepFor how long they stay
 * @param retain how long old values stay among the needles
 * @param peerUsers the user IDs that may connect to the socket; none for all that its mode lets in
 */
public record VolumeSettings(
        Path path,
        boolean allowDisk,
        Duration quiescence,
        Duration announceTimeout,
        int keepGenerations,
        Duration keepFor,
        Duration retain,
        Set<Integer> peerUsers) {

    public VolumeSettings {
        peerUsers = Set.copyOf(peerUsers);
    }
}
