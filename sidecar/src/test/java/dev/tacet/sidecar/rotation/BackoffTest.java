package dev.tacet.sidecar.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Failure.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class BackoffTest {
    private static final Set<Kind> PASSING = EnumSet.of(Kind.OUTAGE, Kind.SEALED, Kind.RATE_LIMITED);

    @Property
    void staysBetweenFloorAndDoublingCeilingForWhatPassesByItself(
            @ForAll Kind kind, @ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
        if (PASSING.contains(kind)) {
            double ceilingMillis = Math.min(60_000, 1_000 * Math.pow(2, failures - 1));
            assertThat(delay(kind, failures, Optional.empty(), seed))
                    .isBetween(Duration.ofMillis((long) Math.max(200, ceilingMillis / 10)), Duration.ofMillis((long)
                            ceilingMillis));
        }
    }

    @Property
    void isSlowForWhatAPersonHasToMend(@ForAll Kind kind, @ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
        if (!PASSING.contains(kind)) {
            assertThat(delay(kind, failures, Optional.empty(), seed))
                    .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120));
        }
    }

    @Property
    void leavesTheServerAloneAsLongAsItAsksUpToTenMinutes(
            @ForAll Kind kind,
            @ForAll @IntRange(min = 1) int failures,
            @ForAll @LongRange(min = Long.MIN_VALUE / 1_000, max = Long.MAX_VALUE / 1_000) long askedSeconds,
            @ForAll long seed) {
        Duration asked = Duration.ofSeconds(askedSeconds);
        Duration own = delay(kind, failures, Optional.empty(), seed);
        Duration bounded = Duration.ofSeconds(Math.max(0, Math.min(600, askedSeconds)));
        assertThat(delay(kind, failures, Optional.of(asked), seed)).isEqualTo(bounded.plus(own));
    }

    @Example
    void spreadsRetriesOverTheWholeRange() {
        Backoff backoff = new Backoff(new Random(1));
        Setback outage = new Failure(Kind.OUTAGE, "no answer", "start it").setback();
        List<Duration> delays = IntStream.range(0, 10_000)
                .mapToObj(attempt -> backoff.delay(outage, 7))
                .toList();
        assertThat(delays).anyMatch(delay -> delay.toMillis() < 7_000).anyMatch(delay -> delay.toMillis() > 59_000);
    }

    @Example
    void refusesToDelayBeforeAnythingFailed() {
        assertThatThrownBy(() -> delay(Kind.OUTAGE, 0, Optional.empty(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("failures");
    }

    private static Duration delay(Kind kind, int failures, Optional<Duration> retryAfter, long seed) {
        Failure failure = new Failure(kind, "it failed", "mend it", retryAfter);
        return new Backoff(new Random(seed)).delay(failure.setback(), failures);
    }
}
