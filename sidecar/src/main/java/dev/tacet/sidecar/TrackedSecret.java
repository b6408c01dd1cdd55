package dev.tacet.sidecar;

import dev.tacet.redactor.Needle;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.render.Prepared;
import dev.tacet.sidecar.render.Problem;
import dev.tacet.sidecar.render.Renderer;
import dev.tacet.sidecar.rotation.Backoff;
import dev.tacet.sidecar.rotation.PollSchedule;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Fetch;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.source.SecretPath;
import dev.tacet.sidecar.source.SecretSource;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One secret, followed: its last good values, since when they are stale, and when to read it again. Only the core's
 * thread uses it.
 */
final class TrackedSecret {
    private final SecretSettings settings;
    private final SecretSource source;
    private final SecretPath path;
    private final PollSchedule schedule;
    private final Backoff backoff;
    private final Renderer renderer;
    private final OwnSecrets ownSecrets;
    private final Clock clock;
    private Optional<SecretData> data = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private Optional<Instant> staleSince = Optional.empty();
    private Instant due = Instant.EPOCH;
    private boolean read;
    private int failures;

    TrackedSecret(
            SecretSettings settings,
            SecretSource source,
            SecretPath path,
            PollSchedule schedule,
            Backoff backoff,
            Renderer renderer,
            OwnSecrets ownSecrets,
            Clock clock) {
        this.settings = settings;
        this.source = source;
        this.path = path;
        this.schedule = schedule;
        this.backoff = backoff;
        this.renderer = renderer;
        this.ownSecrets = ownSecrets;
        this.clock = clock;
    }

    String name() {
        return settings.name();
    }

    /** The last good values. */
    Optional<SecretData> data() {
        return data;
    }

    /** What the latest attempt met, if it failed. */
    Optional<Failure> failure() {
        return failure;
    }

    Optional<Instant> staleSince() {
        return staleSince;
    }

    Instant due() {
        return due;
    }

    /** Whether a first generation can do without it. */
    boolean isReady() {
        return data.isPresent() || !settings.required();
    }

    /** Whether it is required and its latest reading failed. */
    boolean isMissed() {
        return settings.required() && failure.isPresent();
    }

    /** Whether {@code changed} is where it comes from. */
    boolean isFrom(SecretSource changed) {
        return source == changed;
    }

    /**
     * Takes over what a predecessor published, until the source answers, as far as it is what the configuration asks
     * for now.
     *
     * @param sameOutputs whether the configuration asked for the same then
     */
    void recall(SecretData published, boolean sameOutputs) {
        ownSecrets.learn(needles(published));
        data = renderer.again(settings.name(), published, sameOutputs);
    }

    /** Has it read no later than {@code when}. */
    void dueBy(Instant when) {
        if (when.isBefore(due)) {
            due = when;
        }
    }

    /** Reads it, once. What is unfit to be rendered counts as failed: the last good values stay, marked stale. */
    void refresh() {
        Fetch fetch = source.fetch(path);
        Instant now = clock.instant();
        if (fetch instanceof Fetch.Found found) {
            ownSecrets.learn(needles(found.data()));
            failures = 0;
            due = read ? schedule.next(now) : schedule.first(now);
            prepare(found.data(), now);
        } else if (fetch instanceof Fetch.Failed failed) {
            failures++;
            due = now.plus(backoff.delay(failed.failure(), failures));
            fail(failed.failure(), now);
        }
        read = true;
    }

    private void prepare(SecretData raw, Instant now) {
        Prepared prepared = renderer.prepare(settings.name(), raw);
        if (prepared instanceof Prepared.Fit fit) {
            ownSecrets.learn(needles(fit.data()));
            data = Optional.of(fit.data());
            failure = Optional.empty();
            staleSince = Optional.empty();
        } else if (prepared instanceof Prepared.Unfit unfit) {
            Problem problem = unfit.problem();
            fail(new Failure(Failure.Kind.CONFIGURATION, problem.message(), problem.hint()), now);
        }
    }

    private void fail(Failure reason, Instant now) {
        failure = Optional.of(reason);
        if (data.isPresent() && staleSince.isEmpty()) {
            staleSince = Optional.of(now);
        }
    }

    /** What redactors must know before these values are published. */
    Set<Needle> needles(SecretData values) {
        Set<Needle> needles = new LinkedHashSet<>();
        values.values()
                .forEach((key, value) -> needles.add(
                        new Needle(settings.name() + "/" + key, values.version(), value, settings.sensitivity(key))));
        return needles;
    }
}
