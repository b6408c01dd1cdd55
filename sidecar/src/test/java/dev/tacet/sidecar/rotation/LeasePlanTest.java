package dev.tacet.sidecar.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.rotation.Step.What;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class LeasePlanTest {
    private static final Instant NOW = Instant.parse("2026-11-23T20:04:05Z");
    private static final Setback OUTAGE = new Setback(true, Optional.empty());

    @Property
    void renewsAtAboutTwoThirdsOfTheTime(
            @ForAll @LongRange(min = 10, max = 10_000_000) long seconds, @ForAll long seed) {
        Term term = Term.first(NOW, Duration.ofSeconds(seconds), true);
        Step step = new LeasePlan(new Random(seed)).afterGrant(term, NOW);
        assertThat(step.what()).isEqualTo(What.RENEW);
        assertThat(Duration.between(NOW, step.at()).toNanos() / 1e9 / seconds).isBetween(0.6 - 1e-6, 0.7 + 1e-6);
    }

    @Property
    void replacesThenWhatCannotBeRenewed(
            @ForAll @LongRange(min = 10, max = 10_000_000) long seconds, @ForAll long seed) {
        Term term = Term.first(NOW, Duration.ofSeconds(seconds), false);
        Step step = new LeasePlan(new Random(seed)).afterGrant(term, NOW);
        assertThat(step.what()).isEqualTo(What.REISSUE);
        assertThat(step.at()).isBefore(term.end());
    }

    @Property
    void replacesBeforeTheEndWhenLessIsGrantedThanAsked_row29(
            @ForAll @IntRange(min = 1, max = 89) int percent, @ForAll long seed) {
        Term term = Term.first(NOW, Duration.ofMinutes(100), true).renewed(NOW, Duration.ofMinutes(percent), true);
        Step step = new LeasePlan(new Random(seed)).afterGrant(term, NOW);
        assertThat(step.what()).isEqualTo(What.REISSUE);
        assertThat(step.at())
                .as("in the first third of what is left")
                .isBefore(NOW.plus(Duration.ofMinutes(percent).dividedBy(2)));
    }

    @Property
    void retriesARenewalToNearTheEndAndOnlyThenReplaces_row28(
            @ForAll @LongRange(min = 60, max = 1_000_000) long seconds,
            @ForAll @IntRange(min = 1, max = 100) int failures,
            @ForAll @IntRange(min = 0, max = 99) int percent,
            @ForAll long seed) {
        Term term = Term.first(NOW, Duration.ofSeconds(seconds), true);
        Instant now = NOW.plus(Duration.ofSeconds(seconds * percent / 100));
        Step step = new LeasePlan(new Random(seed)).afterFailure(term, OUTAGE, failures, now);
        Instant giveUp = term.end().minus(LeasePlan.margin(term));
        if (step.what() == What.RENEW) {
            assertThat(step.at()).isBefore(giveUp);
        } else {
            assertThat(step.at()).as("not before the margin").isAfterOrEqualTo(giveUp);
        }
        assertThat(step.at()).isAfter(now);
    }

    @Property
    void makesNoHotLoopWhateverIsGranted_row9(@ForAll @LongRange(min = -10, max = 3) long seconds, @ForAll long seed) {
        LeasePlan plan = new LeasePlan(new Random(seed));
        Term term = Term.first(NOW, Duration.ofSeconds(seconds), true);
        assertThat(plan.afterGrant(term, NOW).at()).isAfterOrEqualTo(NOW.plus(LeasePlan.LEAST));
        assertThat(plan.beforeParentEnds(NOW.minusSeconds(1), NOW).at()).isAfterOrEqualTo(NOW.plus(LeasePlan.LEAST));
    }

    @Example
    void movesWhatHangsOnATokenOverTheTimeThatIsLeft_row31() {
        Instant end = NOW.plus(Duration.ofMinutes(30));
        int[] perMinute = new int[30];
        for (int pod = 0; pod < 20_000; pod++) {
            Step step = new LeasePlan(new Random(pod)).beforeParentEnds(end, NOW);
            assertThat(step.what()).isEqualTo(What.REISSUE);
            perMinute[(int) Duration.between(NOW, step.at()).toMinutes()]++;
        }
        for (int minute = 0; minute < 30; minute++) {
            // Evenly over the first twenty minutes, and none in the last ten.
            assertThat(perMinute[minute]).isBetween(minute < 20 ? 800 : 0, minute < 20 ? 1_200 : 0);
        }
    }

    @Example
    void heedsComplaintsLessAndLessOften_row33() {
        RejectGate gate = new RejectGate();
        int heeded = 0;
        for (int second = 0; second < 86_400; second++) {
            heeded += gate.heeds(NOW.plusSeconds(second)) ? 1 : 0;
        }
        assertThat(heeded).as("of a day of a complaint a second").isBetween(24, 40);
        assertThat(gate.heeds(NOW.plus(Duration.ofDays(2))))
                .as("after a quiet day")
                .isTrue();
        assertThat(gate.heeds(NOW.plus(Duration.ofDays(2)).plusSeconds(29))).isFalse();
        assertThat(gate.heeds(NOW.plus(Duration.ofDays(2)).plusSeconds(31))).isTrue();
    }
}
