package dev.tacet.sidecar.rotation;

import java.time.Duration;
import java.util.Optional;

/**
 * What a failure means for the next attempt.
 *
 * @param passing whether it passes by itself (outage, sealed, rate limit), or somebody has to mend something
 * @param retryAfter how long the server asked to be left alone
 */
public record Setback(boolean passing, Optional<Duration> retryAfter) {}
