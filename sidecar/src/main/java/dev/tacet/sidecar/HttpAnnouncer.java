package dev.tacet.sidecar;

import dev.tacet.sidecar.notify.HttpNotifier;
import dev.tacet.sidecar.volume.Manifest;

/** Tells whom another announcer tells, and then calls the application over HTTP. */
record HttpAnnouncer(Announcer others, HttpNotifier notifier) implements Announcer {
    @Override
    public void announce(String generation) {
        others.announce(generation);
    }

    @Override
    public void published(Manifest manifest) {
        others.published(manifest);
        notifier.published(manifest.generation());
    }

    @Override
    public boolean isSettled(String generation) {
        return others.isSettled(generation);
    }

    @Override
    public boolean hasEveryoneLeft() {
        return others.hasEveryoneLeft();
    }
}
