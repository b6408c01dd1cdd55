package dev.tacet.sidecar;

import dev.tacet.sidecar.rotation.LeasePlan;
import dev.tacet.sidecar.rotation.Step;
import dev.tacet.sidecar.rotation.Term;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.source.Life;
import dev.tacet.sidecar.source.Renewal;
import dev.tacet.sidecar.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What ends a secret's credential, and what comes next for it; empty for one that somebody keeps in the vault. Only the
 * core's thread uses it.
 */
final class Holding {
    private static final Step NEVER = new Step(Step.What.REISSUE, Instant.MAX);

    private final LeasePlan plan;
    private Optional<State.Held> held = Optional.empty();
    private Optional<Instant> parentEnd = Optional.empty();
    private Step next = NEVER;
    private Step beforeParent = NEVER;
    private Instant extendedTo = Instant.MIN;
    private int failures;

    Holding(LeasePlan plan) {
        this.plan = plan;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    Optional<State.Held> held() {
        return held;
    }

    Optional<Lease> lease() {
        return held.flatMap(State.Held::lease);
    }

    /** When it ends, by itself or with its parent. */
    Optional<Instant> end() {
        return held.map(it -> it.term().end())
                .map(own -> parentEnd.filter(own::isAfter).orElse(own));
    }

    /** When it has ended for certain: a renewal whose answer was lost may have made it longer. */
    Instant latestEnd() {
        return later(end().orElse(Instant.MAX), extendedTo);
    }

    /** When something is to be done. */
    Instant next() {
        return step().at();
    }

    /** A renewal goes on until it is time to move to the new parent. */
    private Step step() {
        return beforeParent.at().isBefore(next.at()) ? beforeParent : next;
    }

    /** What a renewal asks for. */
    Duration wanted() {
        return held.orElseThrow().term().wanted();
    }

    /** The lease, where renewing it comes next; not where it is to be replaced now in any case. */
    Optional<Lease> toRenew(Instant now) {
        boolean moves = !beforeParent.at().isAfter(now);
        return !moves && step().what() == Step.What.RENEW ? lease() : Optional.empty();
    }

    /** A secret was read: holds what ends it, if anything does. */
    void hold(Life life, Instant now) {
        drop();
        if (life instanceof Life.Leased leased) {
            Lease lease = leased.lease();
            hold(new State.Held(Optional.of(lease), Term.first(now, lease.ttl(), lease.renewable())), now);
        } else if (life instanceof Life.Expiring expiring) {
            hold(new State.Held(expiring.end(), Term.first(now, expiring.left(), false)), now);
        }
    }

    /** Goes on with what a predecessor held. If the clock has been set back meanwhile, no time has passed. */
    void resume(State.Held kept, Instant now) {
        Term term = kept.term();
        boolean later = term.since().isAfter(now);
        hold(
                later ? new State.Held(kept.lease(), new Term(now, term.ttl(), term.wanted(), term.renewable())) : kept,
                now);
        // It may have been killed when it had just been renewed.
        extendedTo = now.plus(term.wanted());
    }

    void drop() {
        held = Optional.empty();
        parentEnd = Optional.empty();
        next = NEVER;
        beforeParent = NEVER;
        extendedTo = Instant.MIN;
        failures = 0;
    }

    /** Another one is needed at that time, whatever was planned; a successor knows it by the term. */
    void replaceAt(Instant when) {
        held = held.map(it -> new State.Held(it.lease(), it.term().withoutRenewal()));
        next = new Step(Step.What.REISSUE, when);
    }

    /** Another is in its parent's place, which ends then. Returns whether that is news. */
    boolean endsWithParent(Instant end, Instant now) {
        if (parentEnd.filter(end::equals).isPresent()) {
            return false;
        }
        parentEnd = Optional.of(end);
        beforeParent = plan.beforeParentEnds(end, now);
        return true;
    }

    /** A renewal came back. Returns what failed, if it did. */
    Optional<Failure> renewed(Renewal renewal, Instant now) {
        State.Held known = held.orElseThrow();
        if (renewal instanceof Renewal.Renewed renewed) {
            Lease lease = renewed.lease();
            failures = 0;
            Term term = known.term().renewed(now, lease.ttl(), lease.renewable());
            held = Optional.of(new State.Held(Optional.of(lease), term));
            next = plan.afterGrant(term, now);
            return Optional.empty();
        }
        if (renewal instanceof Renewal.Failed failed) {
            failures++;
            extendedTo = now.plus(known.term().wanted());
            next = plan.afterFailure(known.term(), failed.failure().setback(), failures, now);
            return Optional.of(failed.failure());
        }
        next = plan.afterLoss(now);
        beforeParent = NEVER;
        return Optional.empty();
    }

    /** The vault is left alone until then; but not past the last moment. */
    void waits(Instant until, Instant now) {
        next = plan.afterWaiting(held.orElseThrow().term(), until, now);
    }

    private void hold(State.Held holds, Instant now) {
        held = Optional.of(holds);
        next = plan.afterGrant(holds.term(), now);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
