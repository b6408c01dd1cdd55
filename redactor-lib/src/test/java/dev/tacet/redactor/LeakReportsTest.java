package dev.tacet.redactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LeakReportsTest {
    private static final Finding PASSWORD = new Finding("db/password", "3", Finding.Kind.VALUE);

    private final List<Leak> heard = new CopyOnWriteArrayList<>();

    private static LeakReports reports(Duration interval, LeakListener... listeners) {
        return new LeakReports(List.of(listeners), interval, Thread::new);
    }

    @Test
    void gathersEachKindIntoOneReport() {
        LeakReports reports = reports(Duration.ofHours(1), heard::add);
        reports.found(PASSWORD, "FILE", "app.Db", "WARN");
        reports.found(PASSWORD, "FILE", "app.Db", "WARN");
        reports.found(PASSWORD, "FILE", "app.Db", "INFO");
        reports.close();
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        new Leak(PASSWORD, "FILE", "app.Db", "WARN", 2),
                        new Leak(PASSWORD, "FILE", "app.Db", "INFO", 1));
    }

    @Test
    void reportsAnIntervalAfterTheOther() throws InterruptedException {
        LinkedBlockingQueue<Leak> queue = new LinkedBlockingQueue<>();
        LeakReports reports = reports(Duration.ofMillis(5), queue::add);
        reports.start();
        reports.found(PASSWORD, "FILE", "", "");
        assertThat(queue.take().count()).isOne();
        reports.found(PASSWORD, "FILE", "", "");
        assertThat(queue.take().count()).isOne();
        reports.close();
        assertThat(queue).isEmpty();
    }

    @Test
    void deliversWhatIsLeftWhenClosed() {
        LeakReports reports = reports(Duration.ofHours(1), heard::add);
        reports.start();
        reports.found(PASSWORD, "FILE", "", "");
        reports.close();
        reports.close();
        assertThat(heard).containsExactly(new Leak(PASSWORD, "FILE", "", "", 1));
    }

    @Test
    void countsAndDropsWhatAListenerThrows() {
        LeakReports reports = reports(
                Duration.ofHours(1),
                leak -> {
                    throw new IllegalStateException("broken");
                },
                heard::add);
        reports.found(PASSWORD, "FILE", "", "");
        reports.close();
        assertThat(heard).hasSize(1);
        assertThat(reports.failures()).isOne();
    }

    @Test
    void holdsNoMoreThan256KindsAndCountsTheRestAsOne() {
        LeakReports reports = reports(Duration.ofHours(1), heard::add);
        for (int i = 0; i < 10_000; i++) {
            reports.found(PASSWORD, "FILE", "logger" + i, "");
        }
        reports.close();
        assertThat(heard).hasSizeBetween(100, 257);
        assertThat(heard.stream().mapToLong(Leak::count).sum()).isEqualTo(10_000);
        assertThat(heard).anySatisfy(leak -> assertThat(leak.finding().name()).isEqualTo("other"));
    }

    @Test
    void losesNoCountWhileManyThreadsLogAndReportsGoOut() throws InterruptedException {
        LeakReports reports = reports(Duration.ofNanos(1000), heard::add);
        reports.start();
        List<Thread> loggers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread logger = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    reports.found(PASSWORD, "FILE", "logger" + i % 7, "");
                }
            });
            logger.start();
            loggers.add(logger);
        }
        for (Thread logger : loggers) {
            logger.join();
        }
        reports.close();
        assertThat(heard.stream().mapToLong(Leak::count).sum()).isEqualTo(80_000);
    }
}
