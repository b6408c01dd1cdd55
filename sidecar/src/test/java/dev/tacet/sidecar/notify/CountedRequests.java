package dev.tacet.sidecar.notify;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Grants nothing, and counts acknowledgements. */
final class CountedRequests implements PeerRequests {
    private final AtomicInteger acknowledged = new AtomicInteger();

    int acknowledgements() {
        return acknowledged.get();
    }

    @Override
    public void rejected(String secret, String version) {}

    @Override
    public void acknowledged() {
        acknowledged.incrementAndGet();
    }

    @Override
    public boolean quit() {
        return false;
    }

    @Override
    public List<String> status() {
        return List.of();
    }
}
