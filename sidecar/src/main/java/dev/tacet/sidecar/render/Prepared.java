package dev.tacet.sidecar.render;

import dev.tacet.sidecar.source.SecretData;

/** What preparing one secret gave. */
public sealed interface Prepared {

    /** Decoded, and fit for every output that draws from it: rendering it cannot fail. */
    record Fit(SecretData data) implements Prepared {}

    /** Not fit; its last good values stay. */
    record Unfit(Problem problem) implements Prepared {}
}
