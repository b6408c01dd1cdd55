package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
    private static final Instant START = Instant.parse("2026-11-26T20:00:00Z");

    private Instant timeOfDay = START;
    private long nanos = 7;
    private final SteadyClock clock = new SteadyClock(
            new Clock() {
                @Override
                public Instant instant() {
                    return timeOfDay;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            },
            () -> nanos);

    private void pass(Duration monotonic, Duration set) {
        nanos += monotonic.toNanos();
        timeOfDay = timeOfDay.plus(monotonic).plus(set);
    }

    @Test
    void goesOnWhenSomebodySetsTheTimeBack_row8() {
        pass(Duration.ofSeconds(10), Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
        pass(Duration.ofSeconds(10), Duration.ZERO);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(20));
    }

    @Test
    void makesUpForTheTimeThatTheMachineSlept_row45() {
        pass(Duration.ofSeconds(10), Duration.ofMinutes(20));
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(20)).plusSeconds(10));
        pass(Duration.ofSeconds(5), Duration.ZERO);
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(20)).plusSeconds(15));
    }

    @Test
    void heedsNoSmallCorrection() {
        pass(Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
    }
}
