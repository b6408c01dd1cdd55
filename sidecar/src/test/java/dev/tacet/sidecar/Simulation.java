package dev.tacet.sidecar;

import dev.tacet.sidecar.Wakeup.Rejection;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.TacetConfig;
import dev.tacet.sidecar.state.State;
import dev.tacet.sidecar.state.StateStore;
import dev.tacet.sidecar.volume.VolumeSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The core in virtual time, on one thread, from one seed, against models of vault, volume and application that fail at
 * random. After every step the invariants are checked; what breaks one is thrown as an {@link AssertionError}.
 */
final class Simulation {
    static final Duration RETAIN = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration LENGTH = Duration.ofHours(6);
    private static final TacetConfig CONFIG = SimulatedSidecar.config(
            RETAIN,
            Duration.ZERO,
            List.of(
                    SimulatedSidecar.secret("app", new Origin.Kv2("secret", "app"), POLL, GRACE),
                    SimulatedSidecar.secret("db", new Origin.Dynamic("database/creds/app", Map.of()), POLL, GRACE),
                    SimulatedSidecar.secret("mq", new Origin.Dynamic("rabbitmq/creds/app", Map.of()), POLL, GRACE)));
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private final SimulatedWorld world;
    private final SimulatedVault vault;
    private final SimulatedVolume volume;
    private final SimulatedApplication application;
    private final Mutant mutant;
    private final boolean operators;
    private final List<String> orphans = new ArrayList<>();
    private Optional<State> kept = Optional.empty();
    private Instant aliveSince = SimulatedWorld.START;
    private Instant disturbed = SimulatedWorld.START;
    private int forgotten;
    private int statesLost;
    private int rejects;
    private int turns;

    /** A defect that is put in on purpose: what stands between the core and the models breaks its promise. */
    record Mutant(
            UnaryOperator<VolumeSteps> volume, UnaryOperator<Announcer> announcer, UnaryOperator<StateStore> store) {
        static final Mutant NONE = new Mutant(it -> it, it -> it, it -> it);

        static Mutant ofVolume(UnaryOperator<VolumeSteps> broken) {
            return new Mutant(broken, it -> it, it -> it);
        }

        static Mutant ofAnnouncer(UnaryOperator<Announcer> broken) {
            return new Mutant(it -> it, broken, it -> it);
        }

        static Mutant ofStore(UnaryOperator<StateStore> broken) {
            return new Mutant(it -> it, it -> it, broken);
        }
    }

    Simulation(long seed, Mutant mutant) {
        this.world = new SimulatedWorld(seed);
        this.vault = SimulatedVault.atRandom(world);
        this.volume = new SimulatedVolume(world);
        this.application = new SimulatedApplication(world, volume);
        this.mutant = mutant;
        this.operators = world.chance(0.5);
    }

    /** What happened, in numbers. */
    String summary() {
        return turns + " turns, " + world.kills() + " kills, " + vault.logins() + " logins, " + vault.issued()
                + " leases, " + orphans.size() + " orphans";
    }

    void run() {
        Instant end = SimulatedWorld.START.plus(LENGTH);
        while (world.now().isBefore(end)) {
            try {
                live(end);
            } catch (Killed killed) {
                disturbed = world.now();
                rest();
            }
        }
        world.calmDown();
        settle();
    }

    /** Between two lives. */
    private void rest() {
        Instant until =
                world.now().plus(world.upTo(world.chance(0.1) ? Duration.ofMinutes(40) : Duration.ofSeconds(20)));
        while (world.now().isBefore(until)) {
            world.advanceTo(earlier(until, application.next()));
            application.advance();
        }
        if (world.chance(0.1)) {
            statesLost++;
            forgotten += vault.live().size();
            kept = Optional.empty();
        }
        disturbed = world.now();
    }

    private void live(Instant end) {
        SimulatedSidecar life = start();
        Instant due = world.now();
        while (world.now().isBefore(end)) {
            Instant next = earlier(earlier(due, application.next()), end);
            if (world.chance(0.002)) {
                // Frozen for a while: neither it nor the application ran.
                world.advanceTo(next.plus(world.upTo(Duration.ofMinutes(20))));
                disturbed = world.now();
                life.core().wokeUp(next);
                due = world.now();
            }
            world.advanceTo(next);
            application.advance();
            somethingHappens(life);
            if (!due.isAfter(world.now()) || world.chance(0.05)) {
                due = turn(life);
            }
            check();
        }
    }

    private Instant turn(SimulatedSidecar life) {
        Instant before = world.now();
        turns++;
        world.mayChange();
        Instant due = life.core().turn();
        // A turn may ask for another at once, where something came due meanwhile; not again and again.
        if (!due.isAfter(before)) {
            Instant again = life.core().turn();
            if (!again.isAfter(before)) {
                throw new AssertionError("a hot loop: two turns ask for another at once");
            }
            return again;
        }
        return due;
    }

    private void somethingHappens(SimulatedSidecar life) {
        if (world.chance(0.01)) {
            vault.writeKv();
        }
        if (operators && world.chance(0.003)) {
            vault.operatorRevokes();
        }
        if (operators && application.isConnected()) {
            application.using().forEach((secret, user) -> {
                if (!vault.accepts(user)) {
                    reject(life, secret);
                }
            });
        }
    }

    private void reject(SimulatedSidecar life, String secret) {
        int before = vault.issued();
        life.secrets().stream()
                .filter(it -> it.name().equals(secret))
                .flatMap(it -> it.data().stream())
                .forEach(data -> life.core().rejected(new Rejection(secret, data.version())));
        rejects += vault.issued() == before ? 1 : 0;
    }

    private void check() {
        volume.check();
        boolean quiet = world.quiet().compareTo(SETTLED) > 0
                && Duration.between(aliveSince, world.now()).compareTo(SETTLED) > 0
                && Duration.between(disturbed, world.now()).compareTo(SETTLED) > 0;
        if (!quiet) {
            return;
        }
        volume.checkRetention(RETAIN);
        if (!operators) {
            application.using().forEach((secret, user) -> {
                if (!vault.accepts(user)) {
                    throw new AssertionError("nothing was wrong for a while, and the application's user is refused");
                }
            });
        }
        checkKnown();
        checkCauses();
    }

    /** Every lease that lives is held, retired, or known to be lost. */
    private void checkKnown() {
        Set<String> known = new HashSet<>();
        kept.ifPresent(state -> {
            state.secrets()
                    .forEach(secret ->
                            secret.held().flatMap(State.Held::lease).ifPresent(lease -> known.add(lease.id())));
            state.retired().forEach(retired -> known.add(retired.lease().id()));
        });
        long unknown =
                vault.live().stream().filter(made -> !known.contains(made.id)).count();
        if (unknown > forgotten + orphans.size()) {
            throw new AssertionError("a lease lives that nobody knows");
        }
    }

    /** No login and no lease without a cause. */
    private void checkCauses() {
        Duration elapsed = Duration.between(SimulatedWorld.START, world.now());
        long tokenEnds = elapsed.dividedBy(Duration.ofMinutes(60));
        long logins = 1 + statesLost + orphans.size() + tokenEnds + world.kills() / 4;
        if (vault.logins() > logins) {
            throw new AssertionError("logins without a cause: " + vault.logins() + " > " + logins);
        }
        long ends = 2 * elapsed.dividedBy(Duration.ofSeconds(75));
        long issued = 2 + ends + 2L * (statesLost + world.kills()) + orphans.size() + rejects;
        if (vault.issued() > issued) {
            throw new AssertionError("leases without a cause: " + vault.issued() + " > " + issued);
        }
    }

    /** With nothing wrong any more: after an end, nothing is left but what is known to be lost. */
    private void settle() {
        SimulatedSidecar life = start();
        for (int i = 0; i < 50; i++) {
            world.advanceTo(life.core().turn());
            application.advance();
        }
        check();
        life.core().end();
        if (vault.live().size() > forgotten + orphans.size()) {
            throw new AssertionError("something lives on after the end");
        }
    }

    private SimulatedSidecar start() {
        volume.open();
        application.reconnects();
        aliveSince = world.now();
        Random random = new Random(world.random.nextLong());
        return SimulatedSidecar.of(
                CONFIG,
                effects -> vault.new Client(effects, random, this::revoked),
                "pod-" + random.nextInt(),
                new SimulatedSidecar.Surroundings(
                        mutant.volume.apply(volume),
                        mutant.announcer.apply(application),
                        mutant.store.apply(store()),
                        line -> {
                            if (line.contains("\"audit\":\"orphan\"")) {
                                orphans.add(line);
                            }
                        },
                        random,
                        world.clock));
    }

    private void revoked(String lease) {
        application.advance();
        if (application.uses(lease) && vault.accepts(lease)) {
            throw new AssertionError("a credential is revoked while the application uses it");
        }
    }

    private StateStore store() {
        return new StateStore() {
            @Override
            public Optional<State> load() {
                return kept;
            }

            @Override
            public void save(State state) {
                world.mayBeKilled();
                kept = Optional.of(state);
                world.mayBeKilled();
            }

            @Override
            public void clear() {
                kept = Optional.empty();
            }
        };
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
