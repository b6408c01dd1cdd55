package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.Wakeup.Rejection;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.SecretSettings.OutageContract;
import dev.tacet.sidecar.config.SecretSettings.Reaction;
import dev.tacet.sidecar.health.Status;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Fetch;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.source.Life;
import dev.tacet.sidecar.source.Renewal;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What one core leaves to the next, and what an application said that cannot be done at once. */
final class HandoverTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final SimulatedWorld world = new SimulatedWorld(1);
    private final SimulatedVolume volume = new SimulatedVolume(world);
    private final List<String> asked = new ArrayList<>();
    private final List<String> revoked = new ArrayList<>();
    private int renewals;
    private boolean away;

    /** Each request for credentials makes others; what lies at any other path is named after it. */
    private final class Told implements SecretSource {
        @Override
        public Fetch fetch(Origin origin) {
            asked.add(origin.path());
            if (away) {
                return new Fetch.Failed(new Failure(Failure.Kind.OUTAGE, "it failed", "wait"));
            }
            boolean kept = origin instanceof Origin.Kv2;
            String text = kept ? "at-" + origin.path() : "user-" + asked.size();
            Life life = kept
                    ? new Life.Unbounded()
                    : new Life.Leased(new Lease(Lease.Kind.LEASE, origin.path() + asked.size(), HOUR, true, ""));
            return new Fetch.Found(
                    new SecretData(
                            String.valueOf(asked.size()), new TreeMap<>(Map.of("password", SecretValue.ofUtf8(text)))),
                    life);
        }

        @Override
        public Renewal renew(Lease lease, Duration wanted) {
            renewals++;
            return new Renewal.Renewed(lease);
        }

        @Override
        public Optional<Failure> revoke(Lease lease) {
            revoked.add(lease.id());
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    private SimulatedSidecar core(Origin origin, OutageContract contract) {
        world.calmDown();
        SecretSettings db =
                new SecretSettings("db", origin, HOUR, true, Map.of(), contract, SecretSettings.Overlap.DEFAULT);
        return SimulatedSidecar.of(
                SimulatedSidecar.config(HOUR, Duration.ZERO, List.of(db)),
                effects -> new Told(),
                "orders-1",
                new SimulatedSidecar.Surroundings(
                        volume, Announcer.none(), StateStore.none(), line -> {}, new Random(1), world.clock));
    }

    private SimulatedSidecar core(Origin origin) {
        return core(origin, OutageContract.KEEP);
    }

    private static SimulatedSidecar reloaded(SimulatedSidecar running, SimulatedSidecar next) {
        next.core().goOnFrom(running.core());
        return next;
    }

    private void run(SimulatedSidecar sidecar, Duration time) {
        world.run(sidecar.core(), time);
    }

    private static Origin users(String role) {
        return new Origin.Dynamic("database/creds/" + role, Map.of());
    }

    private Optional<String> password() {
        return volume.read("db/password");
    }

    private Status.Secret status(SimulatedSidecar sidecar) {
        return sidecar.secrets().get(0).status(world.now());
    }

    private static void reject(SimulatedSidecar sidecar) {
        String version = sidecar.secrets().get(0).data().orElseThrow().version();
        sidecar.core().rejected(new Rejection("db", version));
    }

    @Test
    void readsAtOnceWhatIsAskedForAtAnotherPath_row46() {
        SimulatedSidecar first = core(new Origin.Kv2("secret", "old"));
        run(first, Duration.ofMinutes(1));
        assertThat(password()).contains("at-old");
        run(reloaded(first, core(new Origin.Kv2("secret", "new"))), Duration.ofSeconds(1));
        assertThat(password()).contains("at-new");
        assertThat(asked).containsExactly("old", "new");
    }

    @Test
    void replacesACredentialOfAnotherRoleAndEndsItAfterItsGrace_row46() {
        SimulatedSidecar first = core(users("writer"));
        run(first, Duration.ofMinutes(1));
        away = true;
        SimulatedSidecar second = reloaded(first, core(users("reader")));
        run(second, Duration.ofMinutes(1));
        assertThat(password()).as("it stays until there is another").contains("user-1");
        SimulatedSidecar third = reloaded(second, core(users("reader")));
        away = false;
        run(third, Duration.ofMinutes(3));
        assertThat(password()).contains("user-" + asked.size());
        assertThat(asked).endsWith("database/creds/reader");
        assertThat(renewals).isZero();
        assertThat(revoked).isEmpty();
        run(third, Duration.ofMinutes(11));
        assertThat(revoked).containsExactly("database/creds/writer1");
    }

    @Test
    void doesNotAskAgainForTheSame_row46() {
        SimulatedSidecar first = core(users("writer"));
        run(first, Duration.ofMinutes(1));
        run(reloaded(first, core(users("writer"))), Duration.ofMinutes(30));
        assertThat(asked).hasSize(1);
    }

    @Test
    void knowsSinceWhenItIsStale_row2() {
        OutageContract contract =
                new OutageContract(Optional.of(Duration.ofMinutes(5)), Reaction.KEEP, Reaction.KEEP, Reaction.KEEP);
        SimulatedSidecar first = core(new Origin.Kv2("secret", "app"), contract);
        run(first, Duration.ofMinutes(1));
        away = true;
        run(first, Duration.ofHours(2));
        assertThat(status(first).ready()).isFalse();
        SimulatedSidecar second = reloaded(first, core(new Origin.Kv2("secret", "app"), contract));
        assertThat(status(second).ready()).isFalse();
        assertThat(status(second).condition()).isEqualTo(Status.Condition.STALE);
        assertThat(status(second).staleSince()).isEqualTo(status(first).staleSince());
        assertThat(status(second).lastRead()).isEqualTo(status(first).lastRead());
    }

    @Test
    void replacesWhatWasRefusedThoughAReloadComesFirst_row33() {
        SimulatedSidecar first = core(users("writer"));
        run(first, Duration.ofMinutes(1));
        reject(first);
        run(reloaded(first, core(users("writer"))), Duration.ofSeconds(1));
        assertThat(asked).hasSize(2);
        assertThat(renewals).isZero();
        assertThat(password()).contains("user-2");
    }

    @Test
    void heedsAComplaintWithinTheCoolDownWhenThatIsOver_row33() {
        SimulatedSidecar sidecar = core(users("writer"));
        run(sidecar, Duration.ofMinutes(1));
        reject(sidecar);
        run(sidecar, Duration.ofSeconds(1));
        assertThat(asked).hasSize(2);
        reject(sidecar);
        reject(sidecar);
        run(sidecar, Duration.ofSeconds(28));
        assertThat(asked).as("within the cool-down").hasSize(2);
        run(sidecar, Duration.ofSeconds(2));
        assertThat(asked).as("once, when it is over").hasSize(3);
        run(sidecar, Duration.ofMinutes(10));
        assertThat(asked).as("nobody complains of that one").hasSize(3);
    }
}
