package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.TacetConfig;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Fetch;
import dev.tacet.sidecar.source.Life;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Ten thousand pods in the same virtual time, and one pod for an hour: what a vault gets to do. */
final class FleetTest {
    private static final int PODS = 10_000;
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger("dev.tacet.sidecar");
    private static Level before;

    private final SimulatedWorld world = new SimulatedWorld(1);
    private final TreeMap<Long, Integer> perSecond = new TreeMap<>();
    private final PriorityQueue<Pod> queue = new PriorityQueue<>(Comparator.comparing(pod -> pod.due));
    private boolean away;
    private Instant rotatedNext = Instant.MAX;
    private int password;

    @BeforeAll
    static void beQuiet() {
        before = ROOT.getLevel();
        ROOT.setLevel(Level.OFF);
    }

    @AfterAll
    static void beLoudAgain() {
        ROOT.setLevel(before);
    }

    private static final class Pod {
        final SimulatedSidecar sidecar;
        Instant due;

        Pod(SimulatedSidecar sidecar, Instant due) {
            this.sidecar = sidecar;
            this.due = due;
        }
    }

    /** A vault that counts, and is away when it is told to be. */
    private final class Vault implements SecretSource {
        @Override
        public Fetch fetch(Origin origin) {
            perSecond.merge(world.now().getEpochSecond(), 1, Integer::sum);
            if (away) {
                return new Fetch.Failed(new Failure(Failure.Kind.OUTAGE, "away", "wait"));
            }
            TreeMap<String, SecretValue> values = new TreeMap<>();
            values.put("password", SecretValue.ofUtf8("a-password-" + password));
            boolean rotating = origin instanceof Origin.StaticRole;
            Life life = rotating ? new Life.Rotating(Duration.between(world.now(), rotatedNext)) : new Life.Unbounded();
            return new Fetch.Found(new SecretData(rotating ? "" : "1", values), life);
        }

        @Override
        public void close() {}
    }

    private void start(TacetConfig config) {
        world.calmDown();
        for (int i = 0; i < PODS; i++) {
            SimulatedVolume volume = new SimulatedVolume(world);
            SimulatedSidecar sidecar = SimulatedSidecar.of(
                    config,
                    effects -> new Vault(),
                    "orders-" + i,
                    new SimulatedSidecar.Surroundings(
                            volume, Announcer.none(), StateStore.none(), line -> {}, new Random(i), world.clock));
            queue.add(new Pod(sidecar, world.now()));
        }
    }

    private void runUntil(Instant end) {
        while (!queue.isEmpty() && queue.peek().due.isBefore(end)) {
            Pod pod = queue.poll();
            world.advanceTo(pod.due);
            pod.due = pod.sidecar.core().turn();
            queue.add(pod);
        }
        world.advanceTo(end);
    }

    /** Peak and mean of the requests in the seconds from one moment to another. */
    private double peakToMean(String what, Instant from, Duration window) {
        long first = from.getEpochSecond();
        long seconds = window.toSeconds();
        Map<Long, Integer> counted = perSecond.subMap(first, first + seconds);
        int peak = counted.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        double mean = counted.values().stream().mapToInt(Integer::intValue).sum() / (double) seconds;
        System.out.printf("FleetTest: %s: peak %d, mean %.0f requests a second over %d s%n", what, peak, mean, seconds);
        return peak / mean;
    }

    private static TacetConfig config(Origin origin, Duration poll, Duration spread) {
        return SimulatedSidecar.config(
                Duration.ofHours(1), spread, List.of(SimulatedSidecar.secret("db", origin, poll, Duration.ZERO)));
    }

    @Test
    void startsColdWithinItsSpread_row51() {
        Duration spread = Duration.ofSeconds(30);
        start(config(new Origin.Kv2("secret", "db"), Duration.ofHours(1), spread));
        Instant begin = world.now();
        runUntil(begin.plus(spread).plusSeconds(5));
        assertThat(perSecond.values().stream().mapToInt(Integer::intValue).sum())
                .as("one read a pod")
                .isBetween(PODS, PODS + PODS / 50); // and a few first polls
        assertThat(peakToMean("cold start", begin, spread)).isLessThanOrEqualTo(2);
    }

    @Test
    void comesBackFromAnOutageWithoutAStampede_row50() {
        Duration poll = Duration.ofSeconds(60);
        start(config(new Origin.Kv2("secret", "db"), poll, poll));
        runUntil(world.now().plus(Duration.ofMinutes(5)));
        away = true;
        runUntil(world.now().plus(Duration.ofMinutes(10)));
        away = false;
        Instant back = world.now();
        runUntil(back.plus(Duration.ofMinutes(3)));
        assertThat(peakToMean("while the vault is away", back.minusSeconds(300), Duration.ofMinutes(5)))
                .isLessThanOrEqualTo(2);
        assertThat(peakToMean("after an outage", back, Duration.ofSeconds(60))).isLessThanOrEqualTo(2);
    }

    @Test
    void readsASharedStaticRoleOneAfterTheOther_row35() {
        rotatedNext = world.now().plus(Duration.ofMinutes(20));
        start(config(new Origin.StaticRole("database/static-creds/db"), Duration.ofHours(1), Duration.ofMinutes(1)));
        runUntil(rotatedNext);
        Instant rotated = rotatedNext;
        password++;
        rotatedNext = rotated.plus(Duration.ofHours(24));
        runUntil(rotated.plus(Duration.ofMinutes(1)));
        assertThat(peakToMean("a shared static role", rotated.plusSeconds(1), SimulatedSidecar.LATENESS))
                .isLessThanOrEqualTo(2);
        assertThat(queue)
                .allMatch(pod -> pod.sidecar
                        .secrets()
                        .get(0)
                        .data()
                        .orElseThrow()
                        .values()
                        .get("password")
                        .equals(SecretValue.ofUtf8("a-password-" + password)));
    }

    @Test
    void livesAnHourWithTenLeasesOnOneLoginAndOneReadAPath_row1() {
        world.calmDown();
        SimulatedVault vault = new SimulatedVault(world, Duration.ofMinutes(30), Duration.ofHours(24));
        List<SecretSettings> secrets = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            secrets.add(SimulatedSidecar.secret(
                    "db" + i,
                    new Origin.Dynamic("database/creds/app" + i, Map.of()),
                    Duration.ofSeconds(60),
                    Duration.ZERO));
        }
        Random random = new Random(1);
        SimulatedSidecar sidecar = SimulatedSidecar.of(
                SimulatedSidecar.config(Duration.ofHours(1), Duration.ZERO, secrets),
                effects -> vault.new Client(effects, random, lease -> {}),
                "orders-1",
                new SimulatedSidecar.Surroundings(
                        new SimulatedVolume(world),
                        Announcer.none(),
                        StateStore.none(),
                        line -> {},
                        random,
                        world.clock));
        Instant end = world.now().plus(Duration.ofHours(1));
        while (world.now().isBefore(end)) {
            world.advanceTo(sidecar.core().turn());
        }
        assertThat(vault.logins()).as("logins").isEqualTo(1);
        assertThat(vault.issued()).as("reads, one a path").isEqualTo(10);
        // At 0.6 to 0.7 of 30 min each: two renewals in an hour, three at the most.
        assertThat(vault.renewals()).as("renewals").isBetween(20, 30);
    }
}
