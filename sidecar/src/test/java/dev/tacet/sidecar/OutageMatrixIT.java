package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.FaultProxy;
import dev.tacet.sidecar.testing.FaultProxy.Fault;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.Postgres;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each way a vault can be away, at each moment that it is needed: at the start, when a lease is to be renewed, and until
 * it has ended. A real {@code tacet run}, OpenBao and PostgreSQL, with a proxy of faults between.
 */
final class OutageMatrixIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static Path directory;
    private static OpenBao bao;
    private static Postgres postgres;

    private final MemoryDirectory memory = new MemoryDirectory();
    private Path volumes;

    @BeforeAll
    static void start() throws IOException {
        directory = Files.createTempDirectory("tacet-matrix");
        postgres = Postgres.start();
        bao = OpenBao.inMemory(directory);
        postgres.dynamicRole(bao, "6s", "1h");
        bao.call(
                "POST",
                "sys/policies/acl/app",
                Map.of(
                        "policy",
                        "path \"database/creds/app\" { capabilities = [\"read\"] }\n"
                                + "path \"sys/leases/revoke\" { capabilities = [\"update\"] }"));
    }

    @AfterAll
    static void stop() {
        bao.close();
        postgres.close();
    }

    @BeforeEach
    void create() throws IOException {
        volumes = memory.create();
    }

    @AfterEach
    void delete() throws IOException {
        memory.delete();
    }

    @Test
    void outlivesEachFaultAtEachMoment_rows2_28_40_41_49_52() throws Exception {
        List<Fault> faults = EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.LOST_ANSWER)).stream()
                .toList();
        // All at once: each is mostly waiting.
        ExecutorService each = Executors.newFixedThreadPool(faults.size());
        try {
            List<Future<String>> rows = new ArrayList<>();
            for (Fault fault : faults) {
                rows.add(each.submit(() -> outlives(fault)));
            }
            System.out.println("OutageMatrixIT: fault | at start | at renewal | at expiry");
            for (Future<String> row : rows) {
                System.out.println("OutageMatrixIT: " + row.get());
            }
        } finally {
            each.shutdownNow();
        }
    }

    private String outlives(Fault fault) throws IOException {
        try (FaultProxy proxy = new FaultProxy(bao.address())) {
            Path volume = volumes.resolve(fault.name());
            Path token = Files.writeString(Files.createTempFile(directory, "token", ""), bao.token("app"));
            Path config = Files.writeString(
                    Files.createTempFile(directory, "tacet", ".yaml"), """
                    volume: {path: %s}
                    vault: {address: %s, timeout: 1s, auth: {token-file: %s}}
                    secrets:
                      db: {engine: dynamic, path: database/creds/app, grace: 1s}
                    on-term: end
                    """.formatted(volume, proxy.address(), token));
            proxy.set(fault);
            try (SidecarProcess sidecar = SidecarProcess.run(config)) {
                String row = fault + " | " + atStart(sidecar, proxy, volume) + " | "
                        + atRenewal(sidecar, proxy, volume, fault) + " | " + atExpiry(sidecar, proxy, volume, fault);
                assertThat(sidecar.terminate()).isZero();
                return row;
            }
        }
    }

    /** Waits, complains with a class, does not hammer; then starts. */
    private static String atStart(SidecarProcess sidecar, FaultProxy proxy, Path volume) {
        Wait.until("it has tried", SOON, () -> proxy.count(request -> true) >= 2);
        boolean slow = Files.exists(volume.resolve("db/password"));
        pause(Duration.ofSeconds(3));
        int requests = proxy.count(request -> true);
        assertThat(sidecar.isAlive()).isTrue();
        assertThat(requests).as("requests in the first seconds").isLessThan(25);
        proxy.set(Fault.NONE);
        awaitUser(volume, "");
        return (slow ? "served late" : "waited, then started") + ", " + requests + " requests";
    }

    /** A blip costs no credential: the same user afterwards. */
    private static String atRenewal(SidecarProcess sidecar, FaultProxy proxy, Path volume, Fault fault) {
        String user = user(volume);
        Wait.until("a renewal", SOON, () -> proxy.count(request -> request.endsWith("/leases/renew")) > 0);
        int before = proxy.count(request -> request.endsWith("/leases/renew"));
        proxy.set(fault, request -> request.endsWith("/leases/renew"));
        Wait.until(
                "a renewal that meets the fault",
                SOON,
                () -> proxy.count(request -> request.endsWith("/leases/renew")) > before);
        pause(Duration.ofMillis(300));
        proxy.set(Fault.NONE);
        pause(Duration.ofSeconds(3));
        assertThat(sidecar.isAlive()).isTrue();
        String after = user(volume);
        assertThat(works(volume)).as("the user works after the blip").isTrue();
        return after.equals(user) ? "same user" : "another user in time";
    }

    /** Away until the lease has ended: the last set stays; afterwards another user. */
    private static String atExpiry(SidecarProcess sidecar, FaultProxy proxy, Path volume, Fault fault) {
        String user = user(volume);
        proxy.set(fault);
        int before = proxy.count(request -> true);
        pause(Duration.ofSeconds(9));
        int requests = proxy.count(request -> true) - before;
        assertThat(sidecar.isAlive()).isTrue();
        assertThat(Files.exists(volume.resolve("db/password")))
                .as("the set stays")
                .isTrue();
        assertThat(requests).as("requests in nine seconds").isLessThan(40);
        proxy.set(Fault.NONE);
        if (fault != Fault.SLOW) {
            awaitUser(volume, user);
        }
        Wait.until("the user works again", SOON, () -> works(volume));
        return (fault == Fault.SLOW ? "kept" : "stale, then another user") + ", " + requests + " requests";
    }

    private static void awaitUser(Path volume, String other) {
        Wait.until("another user than before", SOON, () -> {
            String user = user(volume);
            return !user.isEmpty() && !user.equals(other);
        });
    }

    private static String user(Path volume) {
        try {
            return Files.readString(volume.resolve("db/username"));
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean works(Path volume) {
        try {
            Path generation = volume.resolve("..data").toRealPath();
            return postgres.accepts(
                    Files.readString(generation.resolve("db/username")),
                    Files.readString(generation.resolve("db/password")));
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void outlivesARealSeal_row2() throws IOException {
        Path volume = volumes.resolve("sealed");
        Path own = Files.createTempDirectory(directory, "sealed");
        try (OpenBao sealed = OpenBao.inMemory(own)) {
            sealed.writeKv("secret", "app", Map.of("password", "value"));
            Path token = Files.writeString(own.resolve("token"), sealed.rootToken());
            Path config = Files.writeString(own.resolve("tacet.yaml"), """
                    volume: {path: %s}
                    vault: {address: %s, auth: {token-file: %s}}
                    secrets: {app: {path: app, poll: 1s}}
                    """.formatted(volume, sealed.address(), token));
            sealed.seal();
            try (SidecarProcess sidecar = SidecarProcess.run(config)) {
                Wait.until("it says why", SOON, () -> sidecar.log().contains("the vault is sealed"));
                sealed.unseal();
                Wait.until("it starts", SOON, () -> Files.exists(volume.resolve("app/password")));
            }
        }
    }
}
