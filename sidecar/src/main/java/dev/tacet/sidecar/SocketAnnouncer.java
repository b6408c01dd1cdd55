package dev.tacet.sidecar;

import dev.tacet.sidecar.notify.Announcement;
import dev.tacet.sidecar.notify.PeerRequests;
import dev.tacet.sidecar.notify.PodSocket;
import dev.tacet.sidecar.notify.PublishedSecret;
import dev.tacet.sidecar.volume.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the peers on the pod-local socket. Without it the sidecar still publishes: redactors watch the file too. */
final class SocketAnnouncer implements Announcer, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SocketAnnouncer.class);

    private final PodSocket socket;

    SocketAnnouncer(Path path, Duration timeout, Set<Integer> users, PeerRequests requests) {
        this.socket = new PodSocket(path, timeout, users, Assembly.threads("tacet-socket"), requests);
    }

    void start() {
        try {
            socket.start();
        } catch (IOException e) {
            log.error("cannot open the pod-local socket: {}; redactors are not waited for", e.getMessage());
        }
    }

    @Override
    public void announce(String generation) {
        Announcement announcement = socket.announce(generation);
        boolean ending = Thread.currentThread().isInterrupted();
        if (!announcement.silent().isEmpty() && !ending) {
            log.warn(
                    "redactors did not say in time that they know generation {}: {}; publishing goes on",
                    generation,
                    announcement.silent());
        }
    }

    @Override
    public void published(Manifest manifest) {
        List<PublishedSecret> secrets = manifest.secrets().entrySet().stream()
                .map(entry ->
                        new PublishedSecret(entry.getKey(), entry.getValue().version()))
                .toList();
        socket.published(manifest.generation(), secrets);
    }

    @Override
    public boolean isSettled(String generation) {
        return socket.isSettled(generation);
    }

    @Override
    public boolean hasEveryoneLeft() {
        return socket.hasEveryoneLeft();
    }

    PodSocket socket() {
        return socket;
    }

    @Override
    public void close() {
        socket.close();
    }
}
