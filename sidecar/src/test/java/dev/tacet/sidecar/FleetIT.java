package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tacet.sidecar.config.ConfigFile;
import dev.tacet.sidecar.config.TacetConfig;
import dev.tacet.sidecar.testing.FaultProxy;
import dev.tacet.sidecar.testing.FaultProxy.Fault;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Two hundred sidecar cores in one JVM against one real OpenBao: what {@code FleetTest} computes, measured. */
final class FleetIT {
    private static final int PODS = 200;
    private static final Duration POLL = Duration.ofSeconds(4);
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void spreadsItsRequestsColdSteadyAndAfterAnOutage_rows50_51() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger("dev.tacet");
        Level before = root.getLevel();
        root.setLevel(Level.OFF);
        MemoryDirectory memory = new MemoryDirectory();
        List<Wakeup> wakeups = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try (OpenBao bao = OpenBao.inMemory(directory);
                FaultProxy proxy = new FaultProxy(bao.address())) {
            bao.writeKv("secret", "app", Map.of("password", "of-the-fleet"));
            Path volumes = memory.create();
            Path token = Files.writeString(directory.resolve("token"), bao.rootToken());
            long start = System.nanoTime();
            for (int i = 0; i < PODS; i++) {
                Path config = Files.writeString(directory.resolve("tacet-" + i + ".yaml"), """
                        volume: {path: %s}
                        vault: {address: %s, auth: {token-file: %s}}
                        secrets: {app: {path: app, poll: 4s}}
                        start-spread: 8s
                        """.formatted(
                                volumes.resolve("v" + i), proxy.address(), token));
                Wakeup wakeup = new Wakeup();
                wakeups.add(wakeup);
                TacetConfig settings = ConfigFile.read(config);
                String pod = "orders-" + i;
                Thread thread = new Thread(() -> run(settings, wakeup, pod), pod);
                threads.add(thread);
                thread.start();
            }
            Wait.until("all have started", SOON, () -> started(volumes) == PODS);
            report("cold start over 8 s, two requests a pod", proxy, start, Duration.ofSeconds(8));
            long steady = System.nanoTime();
            pause(Duration.ofSeconds(8));
            double each = report("steady, a poll every 4 s", proxy, steady, Duration.ofSeconds(8)) / PODS;
            assertThat(each).as("requests a second and pod").isLessThan(1.2 / POLL.toSeconds());

            proxy.set(Fault.UNAVAILABLE);
            pause(Duration.ofSeconds(8));
            proxy.set(Fault.NONE);
            long back = System.nanoTime();
            pause(Duration.ofSeconds(8));
            report("after 8 s of outage", proxy, back, Duration.ofSeconds(8));
        } finally {
            wakeups.forEach(Wakeup::stop);
            for (Thread thread : threads) {
                thread.join();
            }
            root.setLevel(before);
            memory.delete();
        }
    }

    private static void run(TacetConfig config, Wakeup wakeup, String pod) {
        try (Assembly assembly = Assembly.open(config, new OwnSecrets(), wakeup, Clock.systemUTC(), pod)) {
            assembly.sidecar().run();
        }
    }

    private static long started(Path volumes) {
        long count = 0;
        for (int i = 0; i < PODS; i++) {
            count += Files.exists(volumes.resolve("v" + i + "/app/password")) ? 1 : 0;
        }
        return count;
    }

    /** Prints peak and mean, and returns the mean. */
    private static double report(String what, FaultProxy proxy, long from, Duration window) {
        long seconds = window.toSeconds();
        int[] perSecond = new int[(int) seconds];
        for (long at : proxy.times()) {
            long second = Duration.ofNanos(at - from).toSeconds();
            if (at >= from && second < seconds) {
                perSecond[(int) second]++;
            }
        }
        int peak = java.util.Arrays.stream(perSecond).max().orElse(0);
        double mean = java.util.Arrays.stream(perSecond).sum() / (double) seconds;
        System.out.printf("FleetIT: %s: peak %d, mean %.0f requests a second%n", what, peak, mean);
        return mean;
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
