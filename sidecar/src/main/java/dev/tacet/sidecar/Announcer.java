package dev.tacet.sidecar;

import dev.tacet.sidecar.volume.Manifest;

/** Who is told of a publish. */
public interface Announcer {

    /** Has every redactor read the needles again, and waits a bounded time for them to say that they did. */
    void announce(String generation);

    /** Says that a generation is published; never waits. */
    void published(Manifest manifest);

    /** Nobody: for a run that ends before an application starts. */
    static Announcer none() {
        return new Announcer() {
            @Override
            public void announce(String generation) {}

            @Override
            public void published(Manifest manifest) {}
        };
    }
}
