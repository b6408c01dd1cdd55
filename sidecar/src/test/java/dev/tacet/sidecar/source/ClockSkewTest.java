package dev.tacet.sidecar.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClockSkewTest {
    private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");

    @Test
    void warnsOfClocksThatAreAMinuteApartOnceAnHour_row8() {
        ClockSkew skew = new ClockSkew();
        assertThat(skew.look(Optional.empty(), NOW)).isFalse();
        assertThat(skew.look(Optional.of(NOW.minusSeconds(60)), NOW)).isFalse();
        assertThat(skew.look(Optional.of(NOW.plusSeconds(61)), NOW)).isTrue();
        assertThat(skew.look(Optional.of(NOW.plusSeconds(61)), NOW.plusSeconds(10)))
                .isFalse();
        Instant later = NOW.plus(Duration.ofHours(1));
        assertThat(skew.look(Optional.of(later.minus(Duration.ofDays(1))), later))
                .isTrue();
    }
}
