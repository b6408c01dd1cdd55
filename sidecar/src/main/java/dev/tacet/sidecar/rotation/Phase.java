package dev.tacet.sidecar.rotation;

import java.time.Duration;

/**
 * Where in a span a pod's timer falls: the same at each start of the pod, and spread evenly over many pods.
 *
 * @param pod what tells this pod from others: its UID
 */
public record Phase(String pod) {

    /** The moment for a timer, from zero up to but without {@code span}. */
    public Duration within(Duration span, String timer) {
        return Duration.ofNanos((long) (span.toNanos() * fraction(timer)));
    }

    private double fraction(String timer) {
        // FNV-1a, and the finisher of SplitMix64: names that differ in one digit come to lie far apart.
        long hash = 0xcbf29ce484222325L;
        String text = pod + "\n" + timer;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return (hash >>> 11) * 0x1.0p-53;
    }
}
