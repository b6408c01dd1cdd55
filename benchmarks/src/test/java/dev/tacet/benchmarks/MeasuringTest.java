package dev.tacet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the benchmarks work at all; how fast anything is, no test says. */
final class MeasuringTest {

    @BeforeAll
    static void letOtherBenchmarksRun() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exact-clean",
                "builtin-keyword",
                "gitleaks-clean",
                "hits-10",
                "indexof-10",
                "aho-corasick-10",
                "builtin-json",
                "adversary-1",
                "appender",
                "appender-replace",
                "logstash",
                "logstash-masks",
                "rebuild-10"
            })
    void aPointIsMeasured(String name) {
        PairBenchmark.Counters counters = new PairBenchmark.Counters();
        try (Pair pair = Points.named(name).pair().get()) {
            pair.round(counters);
            pair.round(counters);
        }
        assertThat(counters.baseTime).isPositive();
        assertThat(counters.subjectTime).isPositive();
        assertThat(counters.subjectOperations).isPositive();
    }

    @Test
    void jmhGivesWhatTheTableNeeds() throws Exception {
        Point point = Points.named("exact-clean");

        Measured measured = new Jmh(List.of()).measure(point, Effort.smoke());

        assertThat(measured.time()).isPositive();
        assertThat(measured.ratio()).isPositive();
        Table table = new Table();
        table.add(new Table.Row(point, measured));
        List<String> lines =
                table.print(false, List.of("| a row of others |")).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(3)).startsWith("| a row of others |");
        assertThat(lines)
                .extracting(line -> line.chars().filter(c -> c == '|').count())
                .as("cells of each row")
                .containsOnly(12L);
        assertThat(lines.get(2)).contains("× scan");
    }

    @Test
    void anUnknownPointIsRefused() {
        assertThatThrownBy(() -> Points.named("nothing")).hasMessageContaining("no point is called nothing");
    }

    @Test
    void everyPointHasItsOwnName() {
        assertThat(Points.all()).extracting(Point::name).doesNotHaveDuplicates();
    }

    @Test
    void aTargetIsMetUpToItsLimitOnly() {
        Measured own = new Measured(100, 100, 1e9, 1.5, 1.4, 1.6, 0);

        assertThat(Target.ratioAtMost(1.5).check().met(own, Map.of())).contains(true);
        assertThat(Target.ratioAtMost(1.4).check().met(own, Map.of())).contains(false);
        assertThat(Target.inverseAtLeast(0.6).check().met(own, Map.of())).contains(true);
        assertThat(Target.inverseAtLeast(0.7).check().met(own, Map.of())).contains(false);
        assertThat(Target.timesOf("clean", "clean", 2).check().met(own, Map.of()))
                .isEmpty();
        assertThat(Target.timesOf("clean", "clean", 1).check().met(own, Map.of("clean", own)))
                .contains(true);
        Measured allocating = new Measured(100, 100, 1e9, 1.5, 1.4, 1.6, 16);
        assertThat(Target.ratioAtMost(2).andNoAllocation().check().met(allocating, Map.of()))
                .contains(false);
    }
}
