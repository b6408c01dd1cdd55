package dev.tacet.sidecar;

import dev.tacet.sidecar.Wakeup.News;
import dev.tacet.sidecar.Wakeup.Rejection;
import dev.tacet.sidecar.config.SecretSettings.Reaction;
import dev.tacet.sidecar.health.StatusBoard;
import dev.tacet.sidecar.rotation.Backoff;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.state.StateStore;
import dev.tacet.sidecar.volume.Manifest;
import dev.tacet.sidecar.volume.VolumeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core: reads and renews secrets when they are due, publishes what changed and ends what was replaced, on one
 * thread.
 *
 * <p>A secret that cannot be read keeps its last good values, and the others go on. Only the first generation of a
 * volume waits for every required one. Nothing that a vault does ends the loop, unless the configuration says so.
 */
public final class Sidecar {
    private static final Logger log = LoggerFactory.getLogger(Sidecar.class);
    /** How soon a publish that the volume refused is tried again. */
    private static final Duration VOLUME_RETRY = Duration.ofSeconds(5);
    /** The longest sleep: a clock that was set back cannot make it miss much. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /** Who wakes so much later than planned may have been stopped, and the vault was not. */
    private static final Duration OVERSLEPT = Duration.ofSeconds(30);

    private final List<TrackedSecret> secrets;
    private final List<SecretSource> sources;
    private final Publisher publisher;
    private final Retirements retirements;
    private final Effects effects;
    private final Audit audit;
    private final StatusBoard board;
    private final Handover handover;
    private final Rounds rounds;
    private final Wakeup wakeup;
    private final Duration quiescence;
    private final Optional<Duration> startDeadline;
    private final Clock clock;
    private Optional<String> settled = Optional.empty();
    private Optional<Instant> started = Optional.empty();
    private boolean begun;

    /** Why a run came to its end. */
    public enum End {
        /** It was told to. */
        STOPPED,
        /** The configuration may have changed; {@link #run} goes on from here. */
        RELOAD,
        /** A secret is not to be used any more, and its configuration says to end then. */
        TERMINATED,
        /** The first generation did not come in time. */
        LATE
    }

    /** The parts, and what they are run by. */
    record Parts(
            List<TrackedSecret> secrets,
            List<SecretSource> sources,
            Publisher publisher,
            Retirements retirements,
            Effects effects,
            Audit audit,
            StateStore store,
            StatusBoard board,
            Backoff backoff,
            String owner) {}

    Sidecar(Parts parts, Wakeup wakeup, Duration quiescence, Optional<Duration> startDeadline, Clock clock) {
        this.secrets = List.copyOf(parts.secrets);
        this.sources = List.copyOf(parts.sources);
        this.publisher = parts.publisher;
        this.retirements = parts.retirements;
        this.effects = parts.effects;
        this.audit = parts.audit;
        this.board = parts.board;
        this.handover = new Handover(parts);
        this.wakeup = wakeup;
        this.quiescence = quiescence;
        this.startDeadline = startDeadline;
        this.clock = clock;
        this.rounds = new Rounds(secrets, new Outages(parts.backoff), wakeup::isStopped, this::report, clock);
    }

    /** Keeps the volume fresh until the process is to end. */
    public End run() {
        Instant start = started.orElseGet(clock::instant);
        started = Optional.of(start);
        if (!begun) {
            begin();
        }
        while (!wakeup.isStopped()) {
            if (wakeup.takeReload()) {
                return End.RELOAD;
            }
            Instant next = turn();
            Instant now = clock.instant();
            if (secrets.stream().anyMatch(secret -> secret.reaction() == Reaction.TERMINATE)) {
                return End.TERMINATED;
            }
            if (isLate(start, now)) {
                return End.LATE;
            }
            Duration wait = Duration.between(now, next);
            News news = wakeup.await(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
            wokeUp(now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
            hear(news);
        }
        return End.STOPPED;
    }

    private boolean isLate(Instant start, Instant now) {
        return publisher.published().isEmpty()
                && startDeadline.filter(most -> now.isAfter(start.plus(most))).isPresent();
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
        begin();
        Instant start = clock.instant();
        secrets.forEach(secret -> secret.dueBy(start));
        while (true) {
            rounds.read();
            Optional<Failure> missed = missed();
            if (missed.isEmpty()) {
                publisher.publish(secrets);
            }
            effects.save();
            Instant next = rounds.next();
            if (missed.isEmpty() || next.isAfter(deadline) || wakeup.isStopped()) {
                return missed;
            }
            wakeup.pause(Duration.between(clock.instant(), next));
        }
    }

    private Optional<Failure> missed() {
        return secrets.stream().flatMap(secret -> secret.missed().stream()).findFirst();
    }

    /** Goes on with what a predecessor published and kept. */
    void begin() {
        handover.take();
        begun = true;
    }

    /** Goes on where another of the same process was, with other secrets or outputs. */
    void goOnFrom(Sidecar before) {
        handover.take(before.handover);
        started = before.started;
        begun = true;
    }

    /** One turn. Returns when the next is due. */
    Instant turn() {
        Instant tended = tend();
        rounds.read();
        rounds.lookAtTheOthers();
        Instant retry = attempt(() -> {
            if (isComplete()) {
                publisher.publish(secrets);
            }
            return Instant.MAX;
        });
        Instant retired = retire();
        // After a publish that failed, too: what is over may be what takes its room.
        Instant tidy = attempt(publisher::tidy);
        effects.save();
        report();
        return Stream.of(rounds.next(), tended, retry, retired, tidy)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private void report() {
        board.update(StatusReport.of(clock.instant(), publisher.published(), sources, secrets));
    }

    /** The first generation needs every required secret; a later one those that were in it, so that none gets lost. */
    private boolean isComplete() {
        Optional<Set<String>> published =
                publisher.published().map(manifest -> manifest.secrets().keySet());
        return secrets.stream()
                .allMatch(secret -> secret.isReady()
                        || published
                                .filter(names -> !names.contains(secret.name()))
                                .isPresent());
    }

    /** After a wait that was to end at {@code planned}. */
    void wokeUp(Instant planned) {
        Instant now = clock.instant();
        if (now.isAfter(planned.plus(OVERSLEPT))) {
            log.warn(
                    "woke up {} s late; what is held is confirmed",
                    Duration.between(planned, now).toSeconds());
            secrets.forEach(secret -> secret.doubt(now));
        }
    }

    private Instant tend() {
        Instant now = clock.instant();
        return sources.stream()
                .map(source -> source.tend(now))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private Instant retire() {
        retirements.resume(effects.takeRetired());
        Optional<String> generation = publisher.published().map(Manifest::generation);
        if (generation.isPresent() && !generation.equals(settled)) {
            Map<String, Duration> graces = secrets.stream()
                    .collect(Collectors.toMap(
                            TrackedSecret::name,
                            secret -> secret.settings().overlap().grace()));
            publisher.published().ifPresent(audit::published);
            audit.notified("socket", generation.get(), "ok");
            retirements.published(generation.get(), publisher.versions(), graces, clock.instant());
            settled = generation;
        }
        return retirements.tend(clock.instant());
    }

    /** Returns when to call again. */
    private Instant attempt(Supplier<Instant> work) {
        try {
            return work.get();
        } catch (VolumeException e) {
            log.error("{}; {}", e.getMessage(), e.hint());
            audit.notPublished();
            return clock.instant().plus(VOLUME_RETRY);
        }
    }

    /** What was said while it waited. A complaint is heeded at once; of changes more may follow, and become one set. */
    private void hear(News news) {
        news.rejected().forEach(this::rejected);
        if (news.changed().isEmpty()) {
            return;
        }
        wakeup.pause(quiescence);
        Set<SecretSource> changed = new HashSet<>(news.changed());
        News more = wakeup.await(Duration.ZERO);
        more.rejected().forEach(this::rejected);
        changed.addAll(more.changed());
        rounds.changed(changed);
    }

    void rejected(Rejection rejection) {
        Instant now = clock.instant();
        secrets.stream()
                .filter(secret -> secret.name().equals(rejection.secret()))
                .forEach(secret -> {
                    // Whatever a peer says is not written down: of an unknown secret nothing, of a known one our own
                    // words.
                    String version = secret.data().map(SecretData::version).orElse("");
                    audit.rejected(secret.name(), version, secret.rejected(rejection.version(), now));
                });
    }

    /** Ends all that this pod was given, and forgets it: for a pod that is over. What fails is in the audit. */
    public void end() {
        List<Lease> leases = handover.leases();
        sources.forEach(source -> source.end(leases));
        handover.forget();
    }
}
