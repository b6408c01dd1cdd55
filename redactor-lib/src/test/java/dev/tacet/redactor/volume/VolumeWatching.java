package dev.tacet.redactor.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.Redactor;
import java.time.Duration;
import java.util.function.BooleanSupplier;

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
}
