package dev.tacet.sidecar;

import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.volume.VolumeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core: reads secrets when they are due and publishes what changed, on one thread.
 *
 * <p>A secret that cannot be read keeps its last good values, and the others go on. Only the first generation of a
 * volume waits for every required one. Nothing that a vault does ends the loop.
 */
public final class Sidecar {
    private static final Logger log = LoggerFactory.getLogger(Sidecar.class);
    /** How soon a publish that the volume refused is tried again. */
    private static final Duration VOLUME_RETRY = Duration.ofSeconds(5);
    /** The longest sleep: a clock that was set back cannot make it miss much. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final List<TrackedSecret> secrets;
    private final Publisher publisher;
    private final Wakeup wakeup;
    private final Duration quiescence;
    private final Clock clock;

    Sidecar(List<TrackedSecret> secrets, Publisher publisher, Wakeup wakeup, Duration quiescence, Clock clock) {
        this.secrets = List.copyOf(secrets);
        this.publisher = publisher;
        this.wakeup = wakeup;
        this.quiescence = quiescence;
        this.clock = clock;
    }

    /** Keeps the volume fresh until the process is to end. */
    public void run() {
        publisher.recall(secrets);
        while (!wakeup.isStopped()) {
            Instant next = round();
            Duration wait = Duration.between(clock.instant(), next);
            gather(wakeup.await(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
        }
    }

    /**
     * Publishes once.
     *
     * @param deadline until when to try again what fails
     * @return why a required secret could not be read, or nothing when the volume holds what was read; otherwise it holds
     *     what it held
     * @throws VolumeException when the volume cannot be written
     */
    public Optional<Failure> once(Instant deadline) {
        publisher.recall(secrets);
        while (true) {
            readDue();
            Optional<Failure> missed = missed();
            if (missed.isEmpty()) {
                publisher.publish(secrets);
                return missed;
            }
            Instant next = nextDue();
            if (next.isAfter(deadline) || wakeup.isStopped()) {
                return missed;
            }
            wakeup.pause(Duration.between(clock.instant(), next));
        }
    }

    private Optional<Failure> missed() {
        return secrets.stream()
                .filter(TrackedSecret::isMissed)
                .flatMap(secret -> secret.failure().stream())
                .findFirst();
    }

    /** One turn. Returns when the next is due. */
    private Instant round() {
        readDue();
        Instant next = nextDue();
        Instant retry = attempt(() -> {
            if (secrets.stream().allMatch(TrackedSecret::isReady)) {
                publisher.publish(secrets);
            }
            return Instant.MAX;
        });
        // After a publish that failed, too: what is over may be what takes its room.
        Instant tidy = attempt(publisher::tidy);
        return Stream.of(next, retry, tidy).min(Instant::compareTo).orElse(next);
    }

    /** Returns when to call again. */
    private Instant attempt(Supplier<Instant> work) {
        try {
            return work.get();
        } catch (VolumeException e) {
            log.error("{}; {}", e.getMessage(), e.hint());
            return clock.instant().plus(VOLUME_RETRY);
        }
    }

    private Instant nextDue() {
        return secrets.stream().map(TrackedSecret::due).min(Instant::compareTo).orElse(Instant.MAX);
    }

    private void readDue() {
        Instant now = clock.instant();
        for (TrackedSecret secret : secrets) {
            if (!secret.due().isAfter(now) && !wakeup.isStopped()) {
                secret.refresh();
                // What the end cut short is no failure to tell of.
                secret.failure()
                        .filter(failure -> !wakeup.isStopped())
                        .ifPresent(failure -> log.warn(
                                "cannot read secret {}: {}; {}; next attempt {}",
                                secret.name(),
                                failure.message(),
                                failure.hint(),
                                secret.due()));
            }
        }
    }

    /** More changes may follow the first at once: they become one set. */
    private void gather(Set<SecretSource> first) {
        if (first.isEmpty()) {
            return;
        }
        wakeup.pause(quiescence);
        Set<SecretSource> changed = new HashSet<>(first);
        changed.addAll(wakeup.await(Duration.ZERO));
        for (TrackedSecret secret : secrets) {
            if (changed.stream().anyMatch(secret::isFrom)) {
                secret.dueBy(clock.instant());
            }
        }
    }
}
