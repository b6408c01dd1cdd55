package dev.tacet.redactor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.Finding;
import dev.tacet.redactor.Leak;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

final class LeakMetersTest {
    private static Leak leak(String name, Finding.Kind kind, String logger, long count) {
        return new Leak(new Finding(name, "3", kind), "FILE", logger, "WARN", count);
    }

    @Test
    void countsMasksByNameAndSinkWhateverTheLogger() {
        LeakMeters meters = new LeakMeters();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        meters.leaked(leak("db/password", Finding.Kind.VALUE, "a", 7));
        meters.bindTo(registry);
        meters.leaked(leak("db/password", Finding.Kind.VALUE, "a", 2));
        meters.leaked(leak("db/password", Finding.Kind.VALUE, "b", 3));
        meters.leaked(leak("jwt", Finding.Kind.RULE, "a", 1));
        assertThat(registry.get("tacet.redactor.masks")
                        .tags("kind", "value", "name", "db/password", "sink", "FILE")
                        .counter()
                        .count())
                .isEqualTo(5);
        assertThat(registry.get("tacet.redactor.masks")
                        .tags("kind", "rule", "name", "jwt", "sink", "FILE")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.getMeters()).hasSize(2);
    }
}
