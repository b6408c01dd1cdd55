package dev.tacet.sidecar;

import dev.tacet.sidecar.volume.Manifest;

/** Who is told of a publish, and what they say to it. */
public interface Announcer {

    /** Has every redactor read the needles again, and waits a bounded time for them to say that they did. */
    void announce(String generation);

    /** Says that a generation is published; never waits. */
    void published(Manifest manifest);

    /** Whether applications were there to hear of that generation, and each that still is has said that it uses it. */
    default boolean isSettled(String generation) {
        return false;
    }

    /** Whether peers were there in this life of the pod, and all have hung up. */
    default boolean hasEveryoneLeft() {
        return false;
    }

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
