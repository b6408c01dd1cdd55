package dev.tacet.sidecar;

import dev.tacet.redactor.Needle;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.SecretSettings.Reaction;
import dev.tacet.sidecar.health.Status;
import dev.tacet.sidecar.render.Prepared;
import dev.tacet.sidecar.render.Problem;
import dev.tacet.sidecar.render.Renderer;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Fetch;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.source.Life;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.state.State;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One secret, followed: its last good values, what keeps them good, since when they are stale, and when to act again.
 * Only the core's thread uses it.
 */
final class TrackedSecret {
    private final SecretSettings settings;
    private final SecretSource source;
    private final Timing timing;
    private final Renderer renderer;
    private final OwnSecrets ownSecrets;
    private final Effects effects;
    private final Clock clock;
    private final Numbering numbering = new Numbering();
    private final Refusals refusals = new Refusals();
    private final Holding holding;
    private final Freshness freshness;
    private Optional<SecretData> data = Optional.empty();
    private Optional<Instant> lastRead = Optional.empty();
    // What the configuration asks for, and what was asked for when the values were read.
    private final String origin;
    private String readFrom;
    private Instant due;
    private boolean changed;
    private boolean read;
    private int failures;

    /** @param firstDue when to read it for the first time, unless a predecessor did */
    TrackedSecret(
            SecretSettings settings,
            SecretSource source,
            Timing timing,
            Renderer renderer,
            OwnSecrets ownSecrets,
            Effects effects,
            Instant firstDue,
            Clock clock) {
        this.settings = settings;
        this.source = source;
        this.timing = timing;
        this.renderer = renderer;
        this.ownSecrets = ownSecrets;
        this.effects = effects;
        this.clock = clock;
        this.due = firstDue;
        this.origin = Outputs.origin(settings);
        this.readFrom = origin;
        this.holding = new Holding(timing.plan());
        this.freshness = new Freshness(settings.contract());
    }

    String name() {
        return settings.name();
    }

    SecretSettings settings() {
        return settings;
    }

    /** The last good values; none where they were removed. */
    Optional<SecretData> data() {
        return data;
    }

    /** What the latest attempt met, if it failed. */
    Optional<Failure> failure() {
        return freshness.failure();
    }

    Optional<Instant> staleSince() {
        return freshness.staleSince();
    }

    /** When the credential ends, where it does. */
    Optional<Instant> end() {
        return data.isEmpty() ? Optional.empty() : holding.end();
    }

    /** What has been done about values that could not be kept fresh. */
    Reaction reaction() {
        return freshness.reaction();
    }

    /** When to call again, to do something or to see it expire. */
    Instant due() {
        Instant end = holding.end().filter(at -> !freshness.hasExpired()).orElse(Instant.MAX);
        return Stream.of(due, end, refusals.next(version()))
                .min(Instant::compareTo)
                .orElse(due);
    }

    /** Whether a first generation can do without it. */
    boolean isReady() {
        return data.isPresent() || !settings.required() || reaction() != Reaction.KEEP;
    }

    /** Why it is not as its source has it now, if it is required. */
    Optional<Failure> missed() {
        return failure().or(this::notYet).filter(why -> settings.required());
    }

    private Optional<Failure> notYet() {
        return data.isPresent()
                ? Optional.empty()
                : Optional.of(new Failure(
                        Failure.Kind.OUTAGE,
                        "the vault is changing " + name() + " at this moment",
                        "try again in a few seconds"));
    }

    SecretSource source() {
        return source;
    }

    /** Whether its credential has ended and there is no other. */
    boolean isExpired(Instant now) {
        return end().filter(at -> !at.isAfter(now)).isPresent();
    }

    /**
     * Takes over what a predecessor published, until the source answers, as far as it is what the configuration asks
     * for now.
     *
     * @param sameOutputs whether the configuration asked for the same then
     */
    void recall(SecretData published, boolean sameOutputs) {
        ownSecrets.learn(needles(published));
        numbering.continueFrom(published.version());
        data = renderer.again(settings.name(), published, sameOutputs);
    }

    /** Goes on where a predecessor was; after {@link #recall}. What it held and nobody can use any more is retired. */
    void resume(State.Current kept, boolean published) {
        if (version().filter(kept.version()::equals).isPresent()) {
            resumeUsable(kept, clock.instant());
        } else {
            effects.retire(kept, published);
        }
    }

    private void resumeUsable(State.Current kept, Instant now) {
        kept.held().ifPresent(held -> holding.resume(held, now));
        lastRead = kept.lastRead();
        freshness.resume(kept.staleSince());
        due = kept.due();
        // No later than if it had been read just now: the clock may have been set back meanwhile.
        dueBy(timing.after(new Life.Unbounded(), holding, true, now));
        read = true;
        readFrom = kept.origin();
        if (!readFrom.equals(origin)) {
            replace(now); // what is published stays in use until there is what is asked for now
        } else if (!holding.isEmpty() && holding.toRenew(now).isEmpty() && due.isBefore(holding.next())) {
            holding.replaceAt(due); // it was refused
        }
    }

    private void replace(Instant now) {
        holding.replaceAt(now);
        due = now;
    }

    /** How it is, without a value. */
    Status.Secret status(Instant now) {
        boolean there = data.isPresent() || !settings.required();
        return new Status.Secret(
                name(),
                version().orElse(""),
                freshness.condition(data.isPresent(), isExpired(now)),
                freshness.reason(),
                lastRead,
                staleSince(),
                end(),
                there && !freshness.isTooStale(now));
    }

    /** What a successor needs of it. */
    Optional<State.Current> toKeep() {
        return data.map(values -> new State.Current(
                name(), values.version(), readFrom, holding.held(), due, lastRead, freshness.staleSince()));
    }

    /** Has it read no later than {@code when}. */
    void dueBy(Instant when) {
        if (when.isBefore(due)) {
            due = when;
        }
    }

    /** Time may have passed unseen: what is held is confirmed soon, not all in the same moment. */
    void doubt(Instant now) {
        due = timing.spread(now);
    }

    /** Whether what somebody keeps in its source was found changed since the last call. */
    boolean takeChanged() {
        boolean found = changed;
        changed = false;
        return found;
    }

    /** A source saw a change: what somebody keeps there is read again; a credential of our own has not changed. */
    void changed(Instant now) {
        if (holding.isEmpty()) {
            dueBy(now);
        }
    }

    /** An application says that the server refused this version. */
    Heed rejected(String version, Instant now) {
        Heed heed = refusals.heard(version, version(), now);
        if (heed == Heed.NOW) {
            replace(now);
        }
        return heed;
    }

    private Optional<String> version() {
        return data.map(SecretData::version);
    }

    /** Looks for what ends without our doing; before asking when it is due. */
    void mind(Instant now) {
        holding.lease().flatMap(lease -> source.endOf(lease.parent())).ifPresent(end -> {
            if (holding.endsWithParent(end, now)) {
                due = holding.next();
            }
        });
        if (refusals.takeDue(version(), now)) {
            replace(now);
        }
        if (!freshness.hasExpired() && isExpired(now)) {
            react(freshness.expired(now));
        }
    }

    /** Whether there is something to do. */
    boolean isDue(Instant now) {
        return !due.isAfter(now);
    }

    /** Does what is due, once. What is unfit to be rendered counts as failed: the last good values stay, marked stale. */
    void refresh() {
        holding.toRenew(clock.instant()).ifPresentOrElse(this::renew, this::read);
    }

    /** Whether what comes next is the first attempt to get another credential before the present one ends. */
    boolean isLastChance() {
        return !holding.isEmpty() && holding.toRenew(clock.instant()).isEmpty() && failures == 0;
    }

    /** Its source has failed to answer for another secret: it is not asked for this one, which fares no better. */
    void sharesFailure(Failure reason) {
        Instant now = clock.instant();
        if (holding.toRenew(now).isPresent()) {
            freshness.extended(Optional.of(reason));
        } else {
            notRead(reason, now);
        }
    }

    /** Its source is left alone until then; but not past a credential's last moment. */
    void waits(Instant until) {
        Instant now = clock.instant();
        if (holding.toRenew(now).isPresent()) {
            holding.waits(until, now);
            due = holding.next();
        } else {
            due = isLastChance() && holding.next().isBefore(until) ? holding.next() : until;
        }
    }

    private void renew(Lease lease) {
        freshness.extended(holding.renewed(source.renew(lease, holding.wanted()), clock.instant()));
        due = holding.next();
    }

    private void read() {
        boolean creates =
                settings.origin() instanceof Origin.Dynamic || settings.origin() instanceof Origin.Certificate;
        if (creates) {
            effects.begin("issue", name());
        }
        Fetch fetch = source.fetch(settings.origin());
        Instant now = clock.instant();
        if (fetch instanceof Fetch.Found found) {
            found(found, now);
        } else if (fetch instanceof Fetch.Changing) {
            freshness.answered();
            due = timing.soon(now);
        } else if (fetch instanceof Fetch.Failed failed) {
            if (creates && Effects.mayHaveHadItsEffect(failed.failure())) {
                effects.lost("issue", name());
            }
            failed(failed.failure(), now);
        }
        read = true;
        if (creates) {
            // After the lease is held: the intent goes in the same writing as the lease comes.
            effects.finish("issue", name());
        }
    }

    private void found(Fetch.Found found, Instant now) {
        ownSecrets.learn(needles(found.data()));
        lastRead = Optional.of(now);
        Prepared prepared = renderer.prepare(settings.name(), found.data());
        if (prepared instanceof Prepared.Fit fit) {
            failures = 0;
            SecretData numbered = numbering.number(fit.data(), data);
            ownSecrets.learn(needles(numbered));
            retireHeld();
            holding.hold(found.life(), now);
            changed = holding.isEmpty() && data.filter(numbered::equals).isEmpty() && data.isPresent();
            data = Optional.of(numbered);
            readFrom = origin;
            freshness.renewed();
            due = timing.after(found.life(), holding, read, now);
        } else if (prepared instanceof Prepared.Unfit unfit) {
            // Of no use to anybody, so it has no version that a generation could hold.
            found.life().end().ifPresent(lease -> effects.retire(name(), "", lease, end(lease, found, now), false));
            Problem problem = unfit.problem();
            failed(new Failure(Failure.Kind.CONFIGURATION, problem.message(), problem.hint()), now);
            if (found.life().end().isEmpty()) {
                // Reading makes nothing: whoever mends it may see it soon.
                due = timing.after(found.life(), holding, read, now);
            }
        }
    }

    private static Instant end(Lease lease, Fetch.Found found, Instant now) {
        return now.plus(found.life() instanceof Life.Expiring expiring ? expiring.left() : lease.ttl());
    }

    private void failed(Failure reason, Instant now) {
        failures++;
        due = timing.retry(reason, failures, now);
        notRead(reason, now);
    }

    private void notRead(Failure reason, Instant now) {
        // A credential is good to its end, whatever becomes of the path it came from.
        boolean inUse = data.isPresent() && (holding.isEmpty() || isExpired(now));
        react(freshness.failed(reason, inUse, now));
    }

    private void react(Reaction wanted) {
        if (wanted != Reaction.KEEP) {
            retireHeld();
            data = Optional.empty();
        }
    }

    private void retireHeld() {
        data.ifPresent(values -> holding.lease()
                .ifPresent(lease -> effects.retire(name(), values.version(), lease, holding.latestEnd(), true)));
        holding.drop();
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
