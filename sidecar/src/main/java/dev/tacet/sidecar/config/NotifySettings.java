package dev.tacet.sidecar.config;

import java.net.URI;
import java.time.Duration;

/**
 * An HTTP call to the application for each published set: the key {@code notify.http}.
 *
 * @param url in this pod, as Spring's {@code /actuator/refresh}
 * @param timeout for one attempt
 * @param attempts how many there are at most
 */
public record NotifySettings(URI url, Duration timeout, int attempts) {}
