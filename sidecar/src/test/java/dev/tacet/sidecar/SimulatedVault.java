package dev.tacet.sidecar;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.rotation.LeasePlan;
import dev.tacet.sidecar.rotation.Step;
import dev.tacet.sidecar.rotation.Term;
import dev.tacet.sidecar.source.Credential;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Fetch;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.source.Life;
import dev.tacet.sidecar.source.Renewal;
import dev.tacet.sidecar.source.RequestListener;
import dev.tacet.sidecar.source.RequestListener.Operation;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.source.SecretSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A vault of a simulation, with one KV secret and dynamic ones, and what a process sees of it. */
final class SimulatedVault {
    private static final Duration TOKEN_TTL = Duration.ofHours(2);

    private final SimulatedWorld world;
    private final Map<String, Made> leases = new LinkedHashMap<>();
    private final Map<String, Instant> tokens = new HashMap<>();
    private final Duration ttl;
    private final Duration maxTtl;
    private final double shortened;
    private int kvVersion = 1;
    private int logins;
    private int issued;
    private int renewals;

    /** A lease as the vault knows it. */
    static final class Made {
        final String id;
        final Instant since;
        final String parent;
        Instant end;
        boolean revoked;

        Made(String id, Instant since, String parent, Instant end) {
            this.id = id;
            this.since = since;
            this.parent = parent;
            this.end = end;
        }
    }

    /** One that grants what chance says. */
    static SimulatedVault atRandom(SimulatedWorld world) {
        Duration ttl = Duration.ofMinutes(5 + world.random.nextInt(20));
        return new SimulatedVault(world, ttl, ttl.multipliedBy(2 + world.random.nextInt(3)), 0.1);
    }

    SimulatedVault(SimulatedWorld world, Duration ttl, Duration maxTtl) {
        this(world, ttl, maxTtl, 0);
    }

    /** @param shortened how often a lease is granted for less than asked */
    private SimulatedVault(SimulatedWorld world, Duration ttl, Duration maxTtl, double shortened) {
        this.world = world;
        this.ttl = ttl;
        this.maxTtl = maxTtl;
        this.shortened = shortened;
    }

    int renewals() {
        return renewals;
    }

    int logins() {
        return logins;
    }

    int issued() {
        return issued;
    }

    Made lease(String id) {
        return leases.get(id);
    }

    /** Whether the user of that lease can log in. */
    boolean accepts(String id) {
        Made made = leases.get(id);
        return made != null
                && !made.revoked
                && made.end.isAfter(world.now())
                && tokens.getOrDefault(made.parent, Instant.MIN).isAfter(world.now());
    }

    /** Those that still work. */
    List<Made> live() {
        return leases.values().stream().filter(made -> accepts(made.id)).toList();
    }

    /** Somebody writes a new version. */
    void writeKv() {
        kvVersion++;
    }

    /** Somebody revokes a lease by hand. */
    void operatorRevokes() {
        List<Made> live = live();
        if (!live.isEmpty()) {
            live.get(world.random.nextInt(live.size())).revoked = true;
        }
    }

    static Failure outage() {
        return new Failure(Failure.Kind.OUTAGE, "the answer was lost", "wait");
    }

    /** What one process holds of it: a client with a token of its own. */
    final class Client implements SecretSource {
        private final RequestListener listener;
        private final LeasePlan plan;
        private final Consumer<String> onRevoke;
        private Optional<Credential> token = Optional.empty();
        private Step next = new Step(Step.What.REISSUE, Instant.MAX);
        private final Map<String, Instant> ends = new HashMap<>();
        private int failures;

        /** @param onRevoke hears of each lease that this process revokes, before it ends */
        Client(RequestListener listener, Random random, Consumer<String> onRevoke) {
            this.listener = listener;
            this.plan = new LeasePlan(random);
            this.onRevoke = onRevoke;
        }

        private Optional<Failure> logIn() {
            listener.before(Operation.LOGIN, "");
            Optional<Failure> failure = world.request();
            if (failure.isEmpty()) {
                logins++;
                String accessor = "token-" + logins;
                tokens.put(accessor, world.now().plus(TOKEN_TTL));
                world.mayBeKilled();
                if (world.losesAnswer()) {
                    failure = Optional.of(outage());
                } else {
                    Term term = Term.first(world.now(), TOKEN_TTL, false);
                    token.ifPresent(old -> ends.put(old.accessor(), old.term().end()));
                    token = Optional.of(new Credential(SecretValue.ofUtf8(accessor), accessor, term, false, ends));
                    next = plan.afterGrant(term, world.now());
                    failures = 0;
                }
            }
            listener.after(Operation.LOGIN, "", "", failure);
            return failure;
        }

        private Optional<Failure> needToken() {
            boolean over =
                    token.filter(held -> held.term().end().isAfter(world.now())).isEmpty();
            return over ? logIn() : Optional.empty();
        }

        @Override
        public Fetch fetch(Origin origin) {
            Optional<Failure> failure = needToken();
            failure = failure.isPresent() ? failure : world.request();
            if (failure.isPresent()) {
                return new Fetch.Failed(failure.get());
            }
            Fetch answer = origin instanceof Origin.Kv2 ? kv() : issue();
            world.mayBeKilled();
            return world.losesAnswer() ? new Fetch.Failed(outage()) : answer;
        }

        private Fetch kv() {
            TreeMap<String, SecretValue> values = new TreeMap<>();
            values.put("password", SecretValue.ofUtf8("kv-password-" + kvVersion));
            return new Fetch.Found(new SecretData(Integer.toString(kvVersion), values));
        }

        private Fetch issue() {
            issued++;
            String id = "user-of-lease-" + issued;
            // Now and then less than asked for.
            Duration granted = world.chance(shortened) ? ttl.dividedBy(2) : ttl;
            String parent = token.orElseThrow().accessor();
            leases.put(id, new Made(id, world.now(), parent, world.now().plus(granted)));
            TreeMap<String, SecretValue> values = new TreeMap<>();
            values.put("username", SecretValue.ofUtf8(id));
            values.put("password", SecretValue.ofUtf8("password-of-" + id));
            Lease lease = new Lease(Lease.Kind.LEASE, id, granted, true, parent);
            return new Fetch.Found(new SecretData("", values), new Life.Leased(lease));
        }

        @Override
        public Renewal renew(Lease lease, Duration wanted) {
            Optional<Failure> failure = world.request();
            if (failure.isPresent()) {
                return new Renewal.Failed(failure.get());
            }
            renewals++;
            Made made = leases.get(lease.id());
            if (!accepts(lease.id())) {
                return new Renewal.Over("no such lease");
            }
            Instant most = made.since.plus(maxTtl);
            Instant end = world.now().plus(wanted);
            made.end = end.isBefore(most) ? end : most;
            world.mayBeKilled();
            return world.losesAnswer()
                    ? new Renewal.Failed(outage())
                    : new Renewal.Renewed(lease.granted(Duration.between(world.now(), made.end), true));
        }

        @Override
        public Optional<Failure> revoke(Lease lease) {
            Optional<Failure> failure = world.request();
            if (failure.isEmpty()) {
                onRevoke.accept(lease.id());
                leases.get(lease.id()).revoked = true;
                world.mayBeKilled();
                failure = world.losesAnswer() ? Optional.of(outage()) : Optional.empty();
            }
            listener.after(Operation.REVOKE, lease.id(), "", failure);
            return failure;
        }

        @Override
        public Instant tend(Instant now) {
            if (token.isPresent() && !next.at().isAfter(now)) {
                failures++;
                logIn().ifPresent(failure ->
                        next = new Step(Step.What.REISSUE, plan.retry(failure.setback(), failures, world.now())));
            }
            return token.isPresent() ? next.at() : Instant.MAX;
        }

        @Override
        public Optional<Instant> endOf(String parent) {
            return Optional.ofNullable(ends.get(parent));
        }

        @Override
        public Optional<Credential> credential() {
            return token;
        }

        @Override
        public void resume(Credential kept) {
            token = Optional.of(kept);
            ends.putAll(kept.ends());
            next = plan.afterGrant(kept.term(), world.now());
        }

        @Override
        public void end(List<Lease> held) {
            token.ifPresent(it -> tokens.put(it.accessor(), world.now()));
            new ArrayList<>(held).forEach(lease -> leases.get(lease.id()).revoked = true);
        }

        @Override
        public void close() {}
    }
}
