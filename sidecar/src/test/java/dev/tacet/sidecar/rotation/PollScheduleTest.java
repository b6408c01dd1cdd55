package dev.tacet.sidecar.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
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
        PollSchedule schedule = new PollSchedule(interval, new Random(seed));
        assertThat(Duration.between(NOW, schedule.next(NOW)))
                .isBetween(
                        interval.multipliedBy(9).dividedBy(10),
                        interval.multipliedBy(11).dividedBy(10));
    }

    @Property
    void pollsFirstWithinOneInterval(
            @ForAll @LongRange(min = 1, max = 86_400_000) long intervalMillis, @ForAll long seed) {
        Duration interval = Duration.ofMillis(intervalMillis);
        assertThat(new PollSchedule(interval, new Random(seed)).first(NOW)).isBetween(NOW, NOW.plus(interval));
    }

    @Example
    void spreadsFirstPollsEvenlyOverTheInterval() {
        PollSchedule schedule = new PollSchedule(Duration.ofSeconds(60), new Random(1));
        int[] perSecond = new int[60];
        for (int pod = 0; pod < 60_000; pod++) {
            perSecond[
                    Math.min(
                            59, (int) Duration.between(NOW, schedule.first(NOW)).toSeconds())]++;
        }
        // 1,000 are expected in each second; six standard deviations are about 190.
        assertThat(IntStream.of(perSecond)).allMatch(count -> Math.abs(count - 1_000) < 190);
    }

    @Example
    void refusesAnIntervalThatWouldMakeAHotLoop() {
        assertThatThrownBy(() -> new PollSchedule(Duration.ZERO, new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interval");
        assertThatThrownBy(() -> new PollSchedule(Duration.ofSeconds(-1), new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interval");
    }
}
