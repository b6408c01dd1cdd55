package dev.tacet.sidecar.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Metrics in Prometheus' text format, version 0.0.4. Names of secrets come from the configuration, so the number of
 * series is bounded by it.
 */
final class PrometheusText {
    private final StringBuilder text = new StringBuilder();

    private PrometheusText() {}

    /** @param peers how many redactors and applications are connected; {@code leaks} how many masks they reported */
    static String of(Status status, Meters meters, Instant now, long peers, long leaks) {
        PrometheusText page = new PrometheusText();
        page.gauge("tacet_started", "Whether a whole set has been published.", status.isStarted() ? 1 : 0);
        page.gauge("tacet_ready", "Whether no secret is staler than it may be.", status.isReady() ? 1 : 0);
        page.gauge("tacet_peers", "Redactors and applications on the socket.", peers);
        page.counter("tacet_leaks_masked_total", "Masks that redactors reported.");
        page.line("tacet_leaks_masked_total", "", leaks);
        page.age("tacet_generation_age_seconds", "How long the set in force has been so.", status.published(), now);
        page.left("tacet_token_expires_in_seconds", "Until the vault token ends.", status.tokenEnds(), now);
        page.generation(status);
        page.secrets(
                "tacet_secret_age_seconds",
                "Since the vault last gave it.",
                status,
                secret -> since(secret.lastRead(), now));
        page.secrets(
                "tacet_secret_stale_seconds",
                "How long it could not be kept fresh.",
                status,
                secret -> since(secret.staleSince(), now));
        page.secrets(
                "tacet_secret_expires_in_seconds",
                "Until its lease or certificate ends; negative afterwards.",
                status,
                secret -> since(secret.ends(), now).map(age -> -age));
        page.secrets(
                "tacet_secret_ready",
                "Whether it is no staler than it may be.",
                status,
                secret -> Optional.of(secret.ready() ? 1L : 0L));
        page.states(status);
        page.counts(meters.counts());
        return page.text.toString();
    }

    private static Optional<Long> since(Optional<Instant> at, Instant now) {
        return at.map(when -> Duration.between(when, now).toSeconds());
    }

    private void generation(Status status) {
        head("tacet_generation", "gauge", "The number of the set in force.");
        status.generation()
                .ifPresent(id -> line("tacet_generation", "", Long.parseLong(id.substring(id.lastIndexOf('.') + 1))));
    }

    private void states(Status status) {
        head("tacet_secret_state", "gauge", "1 for the state that a secret is in.");
        for (Status.Secret secret : status.secrets()) {
            for (Status.Condition condition : Status.Condition.values()) {
                String labels = labels("secret", secret.name(), "state", condition.word());
                line("tacet_secret_state", labels, secret.condition() == condition ? 1 : 0);
            }
        }
    }

    private void secrets(String metric, String help, Status status, Function<Status.Secret, Optional<Long>> value) {
        head(metric, "gauge", help);
        for (Status.Secret secret : status.secrets()) {
            value.apply(secret).ifPresent(number -> line(metric, labels("secret", secret.name(), "", ""), number));
        }
    }

    private void counts(Map<Meters.Key, Long> counts) {
        for (Meters.Counter counter : Meters.Counter.values()) {
            counter(counter.metric(), counter.help());
            counts.forEach((key, count) -> {
                if (key.counter() == counter) {
                    line(counter.metric(), labels(counter.first(), key.first(), counter.second(), key.second()), count);
                }
            });
        }
    }

    private void age(String metric, String help, Optional<Instant> since, Instant now) {
        head(metric, "gauge", help);
        since(since, now).ifPresent(age -> line(metric, "", age));
    }

    private void left(String metric, String help, Optional<Instant> end, Instant now) {
        head(metric, "gauge", help);
        since(end, now).ifPresent(age -> line(metric, "", -age));
    }

    private void gauge(String metric, String help, long value) {
        head(metric, "gauge", help);
        line(metric, "", value);
    }

    private void counter(String metric, String help) {
        head(metric, "counter", help);
    }

    private void head(String metric, String type, String help) {
        text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
    }

    private void line(String metric, String labels, long value) {
        text.append(metric).append(labels).append(' ').append(value).append('\n');
    }

    private static String labels(String first, String firstValue, String second, String secondValue) {
        String more = second.isEmpty() ? "" : "," + second + "=\"" + escaped(secondValue) + "\"";
        return "{" + first + "=\"" + escaped(firstValue) + "\"" + more + "}";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
