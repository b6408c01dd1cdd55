package dev.tacet.sidecar.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.sidecar.health.Meters.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The page of metrics, and the files that ask for them. */
final class MonitoringTest {
    private static final Path FILES = Path.of("monitoring");
    private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");
    private static final Pattern METRIC = Pattern.compile("\\btacet_[a-z_]+\\b");

    private static String page(String secret) {
        Meters meters = new Meters();
        meters.count(Counter.VAULT_REQUESTS, "read", "ok");
        meters.count(Counter.VAULT_REQUESTS, "read", "ok");
        meters.count(Counter.PUBLISHES, "ok");
        meters.count(Counter.NOTIFICATIONS, "http", "failed");
        meters.count(Counter.REJECTS, "ignored");
        Status.Secret one = new Status.Secret(
                secret,
                "7",
                Status.Condition.STALE,
                "outage",
                Optional.of(NOW.minusSeconds(90)),
                Optional.of(NOW.minusSeconds(30)),
                Optional.of(NOW.minusSeconds(5)),
                false);
        Status status = new Status(
                NOW,
                Optional.of("2026_11_26_19_59_00.000000012"),
                Optional.of(NOW.minusSeconds(60)),
                Optional.of(NOW.plusSeconds(600)),
                List.of(one));
        return PrometheusText.of(status, meters, NOW, 2, 3);
    }

    @Test
    void writesEachSeriesOnItsOwnLine() {
        assertThat(page("db").lines())
                .contains(
                        "tacet_started 1",
                        "tacet_ready 0",
                        "tacet_generation 12",
                        "tacet_generation_age_seconds 60",
                        "tacet_token_expires_in_seconds 600",
                        "tacet_secret_age_seconds{secret=\"db\"} 90",
                        "tacet_secret_stale_seconds{secret=\"db\"} 30",
                        "tacet_secret_expires_in_seconds{secret=\"db\"} -5",
                        "tacet_secret_state{secret=\"db\",state=\"stale\"} 1",
                        "tacet_secret_state{secret=\"db\",state=\"fresh\"} 0",
                        "tacet_vault_requests_total{op=\"read\",outcome=\"ok\"} 2",
                        "tacet_leaks_masked_total 3");
        assertThat(page("a\"b\\c")).contains("secret=\"a\\\"b\\\\c\"");
    }

    @Test
    void namesOnlyMetricsThatThereAre() throws IOException {
        Set<String> there = metrics(page("db"));
        String dashboard = Files.readString(FILES.resolve("dashboard.json"));
        JsonNode panels = new ObjectMapper().readTree(dashboard).path("panels");
        assertThat(panels.size()).isGreaterThan(5);
        String alerts = Files.readString(FILES.resolve("alerts.yaml"));
        Object parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(alerts);
        assertThat(parsed.toString()).contains("TacetSecretStale");
        assertThat(metrics(dashboard)).isNotEmpty().isSubsetOf(there);
        assertThat(metrics(alerts)).isNotEmpty().isSubsetOf(there);
        assertThat(metrics(dashboard)).as("the dashboard shows all there is").isEqualTo(there);
    }

    private static Set<String> metrics(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }
}
