package dev.tacet.sidecar.source;

import dev.tacet.sidecar.rotation.LeasePlan;
import dev.tacet.sidecar.rotation.Setback;
import dev.tacet.sidecar.rotation.Step;
import dev.tacet.sidecar.rotation.Term;
import dev.tacet.sidecar.source.RequestListener.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token over its whole life: renewed while the vault extends it, replaced by another login before it ends, so that
 * what hangs on it can move to the next one in time. One thread uses it.
 *
 * <p>A token that is replaced in time is left to its TTL: leases that were obtained with it end with it.
 */
final class VaultSession {
    private static final Logger log = LoggerFactory.getLogger(VaultSession.class);
    /** More have never been seen; the oldest are long over. */
    private static final int MOST_ENDS = 64;

    private final VaultLogin login;
    private final VaultLogins logins;
    private final RequestListener listener;
    private final LeasePlan plan;
    private final Clock clock;
    /** By accessor, when a token that is replaced ends. */
    private final Map<String, Instant> ends = new LinkedHashMap<>();

    private @Nullable Watched watched;

    /** The token held, and what comes next for it. */
    private record Watched(VaultToken token, Term term, Step next, int failures) {}

    /** A token that another takes the place of, and when it ends. */
    private record Replaced(String accessor, Instant end) {}

    VaultSession(VaultLogin login, VaultLogins logins, RequestListener listener, LeasePlan plan, Clock clock) {
        this.login = login;
        this.logins = logins;
        this.listener = listener;
        this.plan = plan;
        this.clock = clock;
    }

    /** The token, after a login where none is held. */
    VaultToken token() throws SourceException {
        Optional<VaultToken> held = login.held();
        return held.isPresent() ? held.get() : logIn(Optional.empty());
    }

    /** Another token than the one just refused, where there is cause to get one. What hung on that one is lost. */
    Optional<VaultToken> insteadOf(VaultToken refused) throws SourceException {
        if (!login.hasCauseFor(refused)) {
            return Optional.empty();
        }
        VaultToken another = logIn(Optional.of(new Replaced(refused.accessor(), clock.instant())));
        return another.value().equals(refused.value()) ? Optional.empty() : Optional.of(another);
    }

    /** Does what is due; returns when to call again. */
    Instant tend(Instant now) {
        Watched known = watched;
        if (known == null || known.token.ttl().isZero()) {
            return Instant.MAX;
        }
        if (known.next.at().isAfter(now)) {
            return known.next.at();
        }
        watched = known.next.what() == Step.What.RENEW ? renew(known, now) : replace(known, now);
        return watched.next.at();
    }

    /** When the token of this accessor ends, once another is in its place: what hangs on it can move then. */
    Optional<Instant> endOf(String accessor) {
        return Optional.ofNullable(ends.get(accessor));
    }

    Optional<Credential> credential() {
        return Optional.ofNullable(watched)
                .map(known -> new Credential(
                        known.token.value(), known.token.accessor(), known.term, known.token.batch(), ends));
    }

    void resume(Credential kept) {
        Term term = kept.term();
        VaultToken token = new VaultToken(kept.token(), kept.accessor(), term.ttl(), term.renewable(), kept.batch());
        login.adopt(token);
        ends.putAll(kept.ends());
        watch(token, term);
    }

    /** What the listener writes down after a login holds the new token already, and when the old one ends. */
    private VaultToken logIn(Optional<Replaced> replaced) throws SourceException {
        listener.before(Operation.LOGIN, "");
        try {
            VaultToken token = login.login();
            replaced.filter(old -> !old.accessor.equals(token.accessor())).ifPresent(this::end);
            watch(token, Term.first(clock.instant(), token.ttl(), token.renewable()));
            listener.after(Operation.LOGIN, "", token.accessor(), Optional.empty());
            return token;
        } catch (SourceException e) {
            listener.after(Operation.LOGIN, "", "", Optional.of(e.failure()));
            throw e;
        }
    }

    private void watch(VaultToken token, Term term) {
        watched = new Watched(token, term, plan.afterGrant(term, clock.instant()), 0);
    }

    private Watched renew(Watched known, Instant now) {
        String accessor = known.token.accessor();
        try {
            Optional<VaultToken> renewed = logins.renewSelf(known.token, known.term.wanted());
            listener.after(Operation.RENEW_TOKEN, "", accessor, Optional.empty());
            if (renewed.isEmpty()) {
                return new Watched(known.token, known.term, plan.afterLoss(now), 0);
            }
            Term term =
                    known.term.renewed(now, renewed.get().ttl(), renewed.get().renewable());
            return new Watched(known.token, term, plan.afterGrant(term, now), 0);
        } catch (SourceException e) {
            listener.after(Operation.RENEW_TOKEN, "", accessor, Optional.of(e.failure()));
            int failures = known.failures + 1;
            boolean over = e.failure().kind() == Failure.Kind.DENIED;
            Step next = over
                    ? plan.afterLoss(now)
                    : plan.afterFailure(known.term, e.failure().setback(), failures, now);
            return new Watched(known.token, known.term, next, failures);
        }
    }

    private Watched replace(Watched known, Instant now) {
        try {
            VaultToken another = logIn(Optional.of(new Replaced(known.token.accessor(), known.term.end())));
            if (another.accessor().equals(known.token.accessor())) {
                // A token file that still holds the same one: there may be another in it later.
                log.warn(
                        "the vault token ends at {} and nothing extends it; put another into its file",
                        known.term.end());
                return new Watched(
                        another, known.term, new Step(Step.What.REISSUE, retry(known, now)), known.failures + 1);
            }
            return java.util.Objects.requireNonNull(watched);
        } catch (SourceException e) {
            log.warn(
                    "cannot get another vault token: {}; {}",
                    e.failure().message(),
                    e.failure().hint());
            return new Watched(
                    known.token,
                    known.term,
                    new Step(Step.What.REISSUE, plan.retry(e.failure().setback(), known.failures + 1, now)),
                    known.failures + 1);
        }
    }

    private Instant retry(Watched known, Instant now) {
        return plan.retry(new Setback(false, Optional.empty()), known.failures + 1, now);
    }

    private void end(Replaced old) {
        ends.put(old.accessor, old.end);
        if (ends.size() > MOST_ENDS) {
            ends.remove(ends.keySet().iterator().next());
        }
    }
}
