package dev.tacet.redactor.metrics;

import dev.tacet.redactor.Finding;
import dev.tacet.redactor.Leak;
import dev.tacet.redactor.LeakListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts masks with Micrometer: {@code tacet.redactor.masks}, in masks, with the tags {@code kind} ({@code value} or {@code rule}), {@code name}
 * (of the secret or rule, as masks show it) and {@code sink} (appender, encoder or stream). Loggers are no tag: there are too many.
 *
 * <p>Give it to encoder, appender or watcher as their leak listener, and bind it to registries, in either order; what is told before a
 * registry is bound is not counted there. For any number of threads.
 *
 * @see <a href="https://docs.micrometer.io/micrometer/reference/concepts/counters.html">Micrometer: Counters</a>
 */
public final class LeakMeters implements LeakListener, MeterBinder {
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    /** Bound to nothing yet. */
    public LeakMeters() {}

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
    }

    @Override
    public void leaked(Leak leak) {
        Finding finding = leak.finding();
        for (MeterRegistry registry : registries) {
            Counter.builder("tacet.redactor.masks")
                    .description("secrets and tokens that were in logs and have been masked")
                    .baseUnit("masks")
                    .tag("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                    .tag("name", finding.name())
                    .tag("sink", leak.sink())
                    .register(registry)
                    .increment((double) leak.count());
        }
    }
}
