package dev.tacet.sidecar.config;

import java.time.Duration;

/**
 * Where probes and metrics are answered: the key {@code health}.
 *
 * @param host what to listen on; probes of a kubelet come to the pod's own address
 * @param port 0 takes a free one
 * @param patience how long the core may take for a turn before liveness fails
 */
public record HealthSettings(String host, int port, Duration patience) {}
