package dev.tacet.sidecar.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class PollScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-23T20:04:05Z");

    @Property
    void staysWithinATenthOfTheInterval(
            @ForAll @LongRange(min = 1, max = 86_400_000) long intervalMillis, @ForAll long seed) {
        Duration interval = Duration.ofMillis(intervalMillis);
        PollSchedule schedule = new PollSchedule(interval, Duration.ZERO, new Random(seed));
        assertThat(Duration.between(NOW, schedule.next(NOW)))
                .isBetween(
                        interval.multipliedBy(9).dividedBy(10),
                        interval.multipliedBy(11).dividedBy(10));
    }

    @Property
    void pollsFirstWhereThePhaseIsInOneInterval(
            @ForAll @LongRange(min = 1, max = 86_400_000) long intervalMillis, @ForAll String pod) {
        Duration interval = Duration.ofMillis(intervalMillis);
        Duration phase = new Phase(pod).within(interval, "db");
        assertThat(phase).isBetween(Duration.ZERO, interval);
        assertThat(new PollSchedule(interval, phase, new Random(1)).first(NOW)).isEqualTo(NOW.plus(phase));
    }

    @Example
    void spreadsFirstPollsEvenlyOverTheInterval() {
        for (String pods : List.of("orders-7f9c-%05d", "%d", "3f2b0c1e-0000-4000-8000-%012d")) {
            int[] perSecond = new int[60];
            for (int pod = 0; pod < 60_000; pod++) {
                Phase phase = new Phase(String.format(pods, pod));
                perSecond[(int) phase.within(Duration.ofSeconds(60), "db").toSeconds()]++;
            }
            // 1,000 are expected in each second; six standard deviations are about 190.
            assertThat(IntStream.of(perSecond)).as(pods).allMatch(count -> Math.abs(count - 1_000) < 190);
        }
    }

    @Example
    void refusesAnIntervalThatWouldMakeAHotLoop() {
        assertThatThrownBy(() -> new PollSchedule(Duration.ZERO, Duration.ZERO, new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interval");
        assertThatThrownBy(() -> new PollSchedule(Duration.ofSeconds(-1), Duration.ZERO, new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interval");
    }
}
