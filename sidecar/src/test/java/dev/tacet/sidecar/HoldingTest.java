package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.rotation.LeasePlan;
import dev.tacet.sidecar.rotation.Term;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.source.Life;
import dev.tacet.sidecar.source.Renewal;
import dev.tacet.sidecar.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a credential has ended for certain, and how long a vault that is away may be left alone. */
final class HoldingTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Lease LEASE = new Lease(Lease.Kind.LEASE, "lease", TTL, true, "");

    private final Holding holding = new Holding(new LeasePlan(new Random(1)));

    @Test
    void mayHaveBeenRenewedWhenTheAnswerWasLost() {
        holding.hold(new Life.Leased(LEASE), NOW);
        assertThat(holding.latestEnd()).isEqualTo(NOW.plus(TTL));
        Instant later = NOW.plusSeconds(400);
        holding.renewed(new Renewal.Failed(new Failure(Failure.Kind.OUTAGE, "no answer", "wait")), later);
        assertThat(holding.end()).contains(NOW.plus(TTL));
        assertThat(holding.latestEnd()).isEqualTo(later.plus(TTL));
    }

    @Test
    void mayHaveBeenRenewedJustBeforeThePredecessorWasKilled_row44() {
        Term term = Term.first(NOW.minusSeconds(400), TTL, true);
        holding.resume(new State.Held(Optional.of(LEASE), term), NOW);
        assertThat(holding.end()).contains(NOW.plusSeconds(200));
        assertThat(holding.latestEnd()).isEqualTo(NOW.plus(TTL));
    }

    @Test
    void waitsForAVaultThatIsAwayButNotPastTheLastMoment_row28() {
        holding.hold(new Life.Leased(LEASE), NOW);
        Instant soon = NOW.plusSeconds(420);
        holding.waits(soon, NOW.plusSeconds(400));
        assertThat(holding.next()).isEqualTo(soon);
        assertThat(holding.toRenew(soon)).contains(LEASE);
        holding.waits(NOW.plusSeconds(590), NOW.plusSeconds(550));
        assertThat(holding.next()).as("30 s before the end").isEqualTo(NOW.plusSeconds(570));
        assertThat(holding.toRenew(NOW.plusSeconds(570)))
                .as("another one is asked for then")
                .isEmpty();
    }

    @Test
    void renewsNothingThatHasToMoveToAnotherTokenNow_row31() {
        holding.hold(new Life.Leased(LEASE), NOW);
        assertThat(holding.endsWithParent(NOW.plusSeconds(300), NOW)).isTrue();
        Instant wokenLate = NOW.plusSeconds(550);
        assertThat(holding.next()).isBefore(NOW.plusSeconds(201));
        assertThat(holding.toRenew(wokenLate)).isEmpty();
    }

    @Test
    void asksForAnotherSoonAfterALoss_row33() {
        holding.hold(new Life.Leased(LEASE), NOW);
        holding.endsWithParent(NOW.plusSeconds(900), NOW);
        Instant woken = NOW.plusSeconds(700);
        holding.renewed(new Renewal.Over("no such lease"), woken);
        assertThat(holding.next()).isBetween(woken, woken.plusSeconds(1));
        assertThat(holding.toRenew(woken)).isEmpty();
    }
}
