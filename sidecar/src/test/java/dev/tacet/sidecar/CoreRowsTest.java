package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.SecretSettings.OutageContract;
import dev.tacet.sidecar.config.SecretSettings.Reaction;
import dev.tacet.sidecar.health.Status;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Failure.Kind;
import dev.tacet.sidecar.source.Fetch;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.source.Life;
import dev.tacet.sidecar.source.Renewal;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rows of the failure modes on the core alone: a clock that is set by hand, and a source that answers what it is told. */
final class CoreRowsTest {
    private final SimulatedWorld world = new SimulatedWorld(1);
    private final SimulatedVolume volume = new SimulatedVolume(world);
    private final Map<String, Fetch> answers = new HashMap<>();
    private final Map<String, List<Instant>> asked = new HashMap<>();
    private int renewals;

    private final class Told implements SecretSource {
        @Override
        public Fetch fetch(Origin origin) {
            asked.computeIfAbsent(origin.path(), path -> new ArrayList<>()).add(world.now());
            return answers.getOrDefault(origin.path(), failed(Kind.OUTAGE));
        }

        @Override
        public Renewal renew(Lease lease, Duration wanted) {
            renewals++;
            return new Renewal.Failed(new Failure(Kind.OUTAGE, "it failed", "mend it"));
        }

        @Override
        public void close() {}
    }

    private static Fetch failed(Kind kind) {
        return new Fetch.Failed(new Failure(kind, "it failed", "mend it"));
    }

    private static Fetch found(String version, String password) {
        return found(version, password, new Life.Unbounded());
    }

    private static Fetch found(String version, String password, Life life) {
        TreeMap<String, SecretValue> values = new TreeMap<>();
        values.put("password", SecretValue.ofUtf8(password));
        return new Fetch.Found(new SecretData(version, values), life);
    }

    private static SecretSettings secret(String name, boolean required, OutageContract contract) {
        return secret(name, new Origin.Kv2("secret", name), required, contract);
    }

    private static SecretSettings secret(String name, Origin origin, boolean required, OutageContract contract) {
        return new SecretSettings(
                name, origin, Duration.ofSeconds(60), required, Map.of(), contract, SecretSettings.Overlap.DEFAULT);
    }

    private SimulatedSidecar core(SecretSettings... secrets) {
        world.calmDown();
        return SimulatedSidecar.of(
                SimulatedSidecar.config(Duration.ofHours(1), Duration.ZERO, List.of(secrets)),
                effects -> new Told(),
                "orders-1",
                new SimulatedSidecar.Surroundings(
                        volume, Announcer.none(), StateStore.none(), line -> {}, new Random(1), world.clock));
    }

    private void run(SimulatedSidecar sidecar, Duration time) {
        world.run(sidecar.core(), time);
    }

    private static Status.Condition condition(SimulatedSidecar sidecar, Instant now) {
        return sidecar.secrets().get(0).status(now).condition();
    }

    @Test
    void asksSlowlyForWhatSomebodyHasToMend_row3() {
        for (Kind kind : List.of(Kind.DENIED, Kind.NOT_FOUND, Kind.CONFIGURATION)) {
            asked.clear();
            answers.put("db", failed(kind));
            run(core(secret("db", true, OutageContract.KEEP)), Duration.ofMinutes(30));
            assertThat(asked.get("db")).as("requests in half an hour").hasSizeBetween(15, 31);
        }
    }

    @Test
    void publishesNothingUntilEveryRequiredSecretIsThere_row4() {
        SimulatedSidecar sidecar = core(
                secret("db", true, OutageContract.KEEP),
                secret("mq", true, OutageContract.KEEP),
                secret("extra", false, OutageContract.KEEP));
        answers.put("db", found("1", "of-the-database"));
        run(sidecar, Duration.ofMinutes(5));
        assertThat(volume.generation()).isEmpty();
        answers.put("mq", found("1", "of-the-queue"));
        run(sidecar, Duration.ofMinutes(2));
        assertThat(volume.read("db/password")).contains("of-the-database");
        assertThat(volume.read("mq/password")).contains("of-the-queue");
        assertThat(volume.read("extra/password")).isEmpty();
    }

    @Test
    void readsAgainSoonWhatIsBeingRotatedAndKeepsTheOldValue_row9() {
        Origin role = new Origin.StaticRole("db");
        SimulatedSidecar sidecar = core(secret("db", role, true, OutageContract.KEEP));
        answers.put("db", found("", "before", new Life.Rotating(Duration.ofMinutes(2))));
        run(sidecar, Duration.ofSeconds(90));
        answers.put("db", new Fetch.Changing());
        run(sidecar, Duration.ofMinutes(3));
        List<Instant> times = asked.get("db");
        Instant last = times.get(times.size() - 1);
        Duration between = Duration.between(times.get(times.size() - 2), last);
        assertThat(between).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(volume.read("db/password")).contains("before");
        answers.put("db", found("", "after", new Life.Rotating(Duration.ofHours(1))));
        run(sidecar, Duration.ofSeconds(10));
        assertThat(volume.read("db/password")).contains("after");
    }

    @Test
    void takesAnyAnswerForTheEndOfAnOutage_rows9_50() {
        SimulatedSidecar sidecar = core(secret("db", new Origin.StaticRole("db"), true, OutageContract.KEEP));
        run(sidecar, Duration.ofMinutes(10));
        answers.put("db", new Fetch.Changing());
        run(sidecar, Duration.ofMinutes(2));
        List<Instant> times = asked.get("db");
        Duration between = Duration.between(times.get(times.size() - 2), times.get(times.size() - 1));
        assertThat(between).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(sidecar.secrets().get(0).failure()).isEmpty();
    }

    @Test
    void fetchesNoSetWithoutASecretThatIsBeingRotated_rows4_9() {
        SimulatedSidecar sidecar = core(
                secret("db", new Origin.StaticRole("db"), true, OutageContract.KEEP),
                secret("mq", true, OutageContract.KEEP));
        answers.put("db", new Fetch.Changing());
        answers.put("mq", found("1", "of-the-queue"));
        assertThat(sidecar.core().once(world.now())).map(Failure::kind).contains(Kind.OUTAGE);
        assertThat(volume.generation()).isEmpty();
        answers.put("db", found("1", "of-the-database"));
        world.advanceTo(world.now().plusSeconds(10));
        assertThat(sidecar.core().once(world.now())).isEmpty();
        assertThat(volume.read("db/password")).contains("of-the-database");
    }

    private int requests() {
        return asked.values().stream().mapToInt(List::size).sum();
    }

    @Test
    void asksAVaultThatIsAwayForOneSecretAtATime_row50() {
        SecretSettings[] secrets = new SecretSettings[50];
        for (int i = 0; i < secrets.length; i++) {
            secrets[i] = secret("db" + i, true, OutageContract.KEEP);
        }
        SimulatedSidecar sidecar = core(secrets);
        sidecar.core().turn();
        assertThat(requests()).as("in the first turn").isEqualTo(1);
        for (int i = 0; i < secrets.length; i++) {
            answers.put("db" + i, found("1", "of-the-database-" + i));
        }
        run(sidecar, Duration.ofSeconds(5));
        assertThat(volume.generation()).as("back at once").isPresent();
        answers.clear();
        asked.clear();
        run(sidecar, Duration.ofMinutes(30));
        assertThat(requests())
                .as("in half an hour of outage, for fifty secrets")
                .isBetween(30, 120);
        assertThat(sidecar.secrets()).allMatch(secret -> secret.staleSince().isPresent());
    }

    @Test
    void triesToReplaceEachLeaseOnceBeforeItsEndThoughTheVaultIsLeftAlone_rows28_50() {
        SecretSettings[] secrets = new SecretSettings[20];
        for (int i = 0; i < secrets.length; i++) {
            secrets[i] = secret("db" + i, new Origin.Dynamic("db" + i, Map.of()), true, OutageContract.KEEP);
            Lease lease = new Lease(Lease.Kind.LEASE, "lease-" + i, Duration.ofMinutes(10), true, "");
            answers.put("db" + i, found("", "of-the-database-" + i, new Life.Leased(lease)));
        }
        SimulatedSidecar sidecar = core(secrets);
        run(sidecar, Duration.ofMinutes(1));
        Instant obtained = asked.get("db0").get(0);
        answers.clear();
        asked.clear();
        run(sidecar, Duration.ofMinutes(9));
        assertThat(asked).as("asked for another").hasSize(20);
        assertThat(asked.values())
                .as("within the last half minute of ten, and not again at once")
                .allMatch(times -> !times.get(0).isAfter(obtained.plus(Duration.ofSeconds(575))));
        assertThat(renewals).as("for twenty leases in the same minutes").isBetween(5, 30);
        assertThat(requests()).isBetween(20, 40);
    }

    @Test
    void publishesWhatChangedTogetherAsOneSet_row25() {
        SecretSettings[] secrets = new SecretSettings[10];
        for (int i = 0; i < secrets.length; i++) {
            secrets[i] = secret("db" + i, true, OutageContract.KEEP);
            answers.put("db" + i, found("1", "of-the-database-" + i));
        }
        SimulatedSidecar sidecar = core(secrets);
        run(sidecar, Duration.ofMinutes(5));
        assertThat(volume.generation()).contains("generation-000001");
        asked.clear();
        for (int i = 0; i < secrets.length; i++) {
            answers.put("db" + i, found("2", "changed-" + i));
        }
        run(sidecar, Duration.ofMinutes(5));
        assertThat(volume.generation()).as("one set").contains("generation-000002");
        assertThat(volume.read("db9/password")).contains("changed-9");
        assertThat(asked.values()).as("a poll each, and one more").allMatch(times -> times.size() <= 7);
    }

    @Test
    void doesWithADeletedSecretWhatItsConfigurationSays_row36() {
        for (Reaction reaction : Reaction.values()) {
            OutageContract contract = new OutageContract(Optional.empty(), reaction, Reaction.KEEP, Reaction.KEEP);
            SimulatedSidecar sidecar = core(secret("db", true, contract));
            answers.put("db", found("1", "of-the-database"));
            run(sidecar, Duration.ofMinutes(3));
            answers.put("db", failed(Kind.NOT_FOUND));
            run(sidecar, Duration.ofMinutes(3));
            boolean kept = reaction == Reaction.KEEP;
            assertThat(volume.read("db/password").isPresent())
                    .as("%s", reaction)
                    .isEqualTo(kept);
            assertThat(condition(sidecar, world.now()))
                    .isEqualTo(kept ? Status.Condition.STALE : Status.Condition.REMOVED);
            assertThat(sidecar.secrets().get(0).reaction()).isEqualTo(reaction);
            answers.put("db", found("2", "of-the-database-again"));
            run(sidecar, Duration.ofMinutes(5));
            assertThat(volume.read("db/password")).as("undeleted").contains("of-the-database-again");
        }
    }

    @Test
    void removesAForbiddenSecretOnlyAfterTheThirdRefusal_row37() {
        OutageContract contract = new OutageContract(Optional.empty(), Reaction.KEEP, Reaction.REMOVE, Reaction.KEEP);
        SimulatedSidecar sidecar = core(secret("db", true, contract));
        answers.put("db", found("1", "of-the-database"));
        run(sidecar, Duration.ofSeconds(90));
        answers.put("db", failed(Kind.DENIED));
        int before = asked.get("db").size();
        while (asked.get("db").size() < before + 2) {
            run(sidecar, Duration.ofSeconds(1));
        }
        assertThat(volume.read("db/password")).as("after two refusals").isPresent();
        run(sidecar, Duration.ofMinutes(3));
        assertThat(volume.read("db/password")).as("after three").isEmpty();
    }

    @Test
    void keepsWhatHasExpiredUnlessTheConfigurationSaysOtherwise_row52() {
        for (Reaction reaction : List.of(Reaction.KEEP, Reaction.REMOVE)) {
            OutageContract contract =
                    new OutageContract(Optional.of(Duration.ofMinutes(5)), Reaction.KEEP, Reaction.KEEP, reaction);
            SimulatedSidecar sidecar = core(secret("db", new Origin.Dynamic("db", Map.of()), true, contract));
            Lease lease = new Lease(Lease.Kind.LEASE, "lease", Duration.ofMinutes(10), false, "");
            answers.put("db", found("", "of-the-database-" + reaction, new Life.Leased(lease)));
            run(sidecar, Duration.ofMinutes(1));
            answers.put("db", failed(Kind.OUTAGE));
            run(sidecar, Duration.ofMinutes(11));
            Status.Secret status = sidecar.secrets().get(0).status(world.now());
            boolean kept = reaction == Reaction.KEEP;
            assertThat(status.condition()).isEqualTo(kept ? Status.Condition.EXPIRED : Status.Condition.REMOVED);
            assertThat(volume.read("db/password").isPresent()).isEqualTo(kept);
            assertThat(status.ready()).as("%s, within max-stale", reaction).isEqualTo(kept);
            run(sidecar, Duration.ofMinutes(6));
            assertThat(sidecar.secrets().get(0).status(world.now()).ready())
                    .as("past max-stale")
                    .isFalse();
        }
    }

    @Test
    void confirmsWhatItHoldsAfterAPauseWithoutDoingItAllAtOnce_row45() {
        SecretSettings[] secrets = new SecretSettings[20];
        for (int i = 0; i < secrets.length; i++) {
            secrets[i] = secret("db" + i, true, OutageContract.KEEP);
            answers.put("db" + i, found("1", "of-the-database-" + i));
        }
        SimulatedSidecar sidecar = core(secrets);
        run(sidecar, Duration.ofMinutes(1));
        asked.clear();
        Instant planned = world.now();
        world.advanceTo(planned.plus(Duration.ofMinutes(20)));
        sidecar.core().wokeUp(planned);
        Instant woken = world.now();
        run(sidecar, Duration.ofSeconds(10));
        assertThat(asked).hasSize(20);
        long first = asked.values().stream()
                .filter(times -> times.get(0).isBefore(woken.plusSeconds(1)))
                .count();
        assertThat(first).as("asked in the first second, though all were due").isLessThan(8);
        assertThat(asked.values()).allMatch(times -> times.size() == 1);
    }
}
