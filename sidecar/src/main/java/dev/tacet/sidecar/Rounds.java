package dev.tacet.sidecar;

import dev.tacet.sidecar.Outages.Outage;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.SecretSource;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for what is due, one secret after the other. Only the core's thread uses it.
 *
 * <p>A source that does not answer is asked by one secret at a time, and the others wait with it; but a credential that
 * is about to end has one attempt of its own to be replaced.
 */
final class Rounds {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final List<TrackedSecret> secrets;
    private final Outages outages;
    private final BooleanSupplier stopped;
    private final Runnable progress;
    private final Clock clock;

    /**
     * @param stopped whether the end has come: nothing is begun then
     * @param progress called after each answer, as a silent vault may make a round long
     */
    Rounds(List<TrackedSecret> secrets, Outages outages, BooleanSupplier stopped, Runnable progress, Clock clock) {
        this.secrets = secrets;
        this.outages = outages;
        this.stopped = stopped;
        this.progress = progress;
        this.clock = clock;
    }

    /** When there is something to do again. */
    Instant next() {
        return secrets.stream().map(TrackedSecret::due).min(Instant::compareTo).orElse(Instant.MAX);
    }

    /** Does what is due. */
    void read() {
        for (TrackedSecret secret : secrets) {
            Instant now = clock.instant();
            secret.mind(now);
            if (secret.isDue(now) && !stopped.getAsBoolean()) {
                outages.of(secret.source(), now)
                        .filter(outage -> !secret.isLastChance())
                        .ifPresentOrElse(outage -> leaveAlone(secret, outage), () -> ask(secret));
            }
        }
    }

    private static void leaveAlone(TrackedSecret secret, Outage outage) {
        secret.sharesFailure(outage.failure());
        secret.waits(outage.until());
    }

    private void ask(TrackedSecret secret) {
        secret.refresh();
        progress.run();
        Optional<Failure> failure = secret.failure();
        outages.heard(secret.source(), failure, clock.instant()).ifPresent(outage -> secret.waits(outage.until()));
        // What the end cut short is no failure to tell of.
        failure.filter(it -> !stopped.getAsBoolean())
                .ifPresent(it -> log.warn(
                        "cannot read secret {}: {}; {}; next attempt {}",
                        secret.name(),
                        it.message(),
                        it.hint(),
                        secret.due()));
    }

    /** Who changed one secret may have changed more: they are read now, so that all comes in one set. */
    void lookAtTheOthers() {
        Set<TrackedSecret> changed =
                secrets.stream().filter(TrackedSecret::takeChanged).collect(Collectors.toSet());
        if (!changed.isEmpty()) {
            Instant now = clock.instant();
            secrets.stream().filter(secret -> !changed.contains(secret)).forEach(secret -> secret.changed(now));
            read();
            secrets.forEach(TrackedSecret::takeChanged);
        }
    }

    /** Sources saw a change. */
    void changed(Set<SecretSource> sources) {
        Instant now = clock.instant();
        sources.forEach(outages::doubt);
        secrets.stream().filter(secret -> sources.contains(secret.source())).forEach(secret -> secret.changed(now));
    }
}
