package dev.tacet.redactor.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.Redactor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the tests of watchers share. */
final class VolumeWatching {
    private VolumeWatching() {}

    /** Waits for a condition, ten seconds at most. */
    static void eventually(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    static boolean masks(Redactor redactor, String value) {
        return !redactor.redact("<" + value + ">").contains(value);
    }

    /** A clock that is asked what it shows. */
    static Clock clock(Supplier<Instant> now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }
}
