package dev.tacet.sidecar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tacet.redactor.volume.SecretSnapshot;
import dev.tacet.redactor.volume.SecretVolume;
import dev.tacet.sidecar.notify.OperatorLink;
import dev.tacet.sidecar.testing.FaultProxy;
import dev.tacet.sidecar.testing.FaultProxy.Fault;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.Postgres;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real {@code tacet run} among those it talks to: an application by the library, probes, an operator. */
final class PodIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path shared;

    private static OpenBao bao;
    private static Postgres postgres;
    private static String roleId = "";

    private final MemoryDirectory memory = new MemoryDirectory();
    private Path directory;
    private Path volume;
    private String secretId = "";
    private int port;

    @BeforeAll
    static void start() {
        postgres = Postgres.start();
        bao = OpenBao.inMemory(shared);
        postgres.dynamicRole(bao, "1h", "24h");
        bao.call("POST", "sys/policies/acl/app", Map.of("policy", """
                        path "database/creds/app" { capabilities = ["read"] }
                        path "secret/data/app" { capabilities = ["read"] }
                        path "sys/leases/revoke" { capabilities = ["update"] }
                        """));
        roleId = bao.appRole("approle", "app", "app");
    }

    @AfterAll
    static void stop() {
        bao.close();
        postgres.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        directory = Files.createTempDirectory(shared, "pod");
        volume = memory.create().resolve("volume");
        secretId = bao.secretId("approle", "app");
        bao.call("POST", "sys/leases/revoke-prefix/database/creds/app", Map.of("sync", true));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void delete() throws IOException {
        memory.delete();
    }

    private Path config(URI vault, String secrets, String more) throws IOException {
        Path file = Files.writeString(directory.resolve("secret-id"), secretId);
        return Files.writeString(directory.resolve("tacet.yaml"), """
                volume: {path: %s}
                state: {path: %s}
                vault: {address: %s, timeout: 2s, auth: {approle: {role-id: %s, secret-id-file: %s}}}
                health: {host: 127.0.0.1, port: %d}
                secrets: %s
                %s
                """.formatted(
                        volume, volume.resolveSibling("state"), vault, roleId, file, port, secrets, more));
    }

    private static int users() {
        return Integer.parseInt(postgres.sql("select count(*) from pg_roles where rolname like 'v-%'"));
    }

    /** A vault takes the end of a token, and ends its leases in the background. */
    private static void awaitNoUsers() {
        Wait.until("no user is left after the end", SOON, () -> users() == 0);
    }

    private HttpResponse<String> get(String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private int code(String path) {
        try {
            return get(path).statusCode();
        } catch (java.io.UncheckedIOException notThereYet) {
            return 0;
        }
    }

    private Path socket() {
        return volume.resolve("..tacet/tacet.sock");
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void replacesARejectedUserAtOnceAndRevokesItWhenAllUseTheNewOne_rows30_33() throws Exception {
        Path config =
                config(bao.address(), "{db: {engine: dynamic, path: database/creds/app, grace: 10m}}", "on-term: end");
        try (SidecarProcess sidecar = SidecarProcess.run(config);
                SecretVolume application =
                        SecretVolume.of(volume).rescan(Duration.ofSeconds(1)).build()) {
            List<SecretSnapshot> used = new CopyOnWriteArrayList<>();
            application.onChange(snapshot -> {
                if (snapshot.find("db/username").isPresent()) {
                    used.add(snapshot);
                    application.ack(snapshot);
                }
            });
            application.start();
            Wait.until("the first user", SOON, () -> !used.isEmpty());
            Wait.until(
                    "the application is connected",
                    SOON,
                    () -> get("/metrics").body().contains("tacet_peers 1"));
            pause(Duration.ofSeconds(2)); // what a start still has to write is written then
            String first = text(used.get(0), "db/username");
            assertThat(users()).isEqualTo(1);

            application.reject(used.get(0), "db");
            Wait.until("another user", SOON, () -> used.size() > 1);
            assertThat(text(used.get(used.size() - 1), "db/username")).isNotEqualTo(first);
            Wait.until("the first user is gone, long before its grace", SOON, () -> users() == 1);

            for (int i = 0; i < 20; i++) {
                application.reject(used.get(used.size() - 1), "db");
                pause(Duration.ofMillis(100));
            }
            pause(Duration.ofSeconds(1));
            assertThat(users())
                    .as("after twenty more complaints within the cool-down")
                    .isEqualTo(1);
            assertThat(get("/metrics").body())
                    .contains("tacet_rejects_total{outcome=\"ok\"} 1")
                    .containsPattern("tacet_rejects_total\\{outcome=\"ignored\"} [0-9]+");
            assertThat(sidecar.terminate()).isZero();
            awaitNoUsers();
        }
    }

    private static String text(SecretSnapshot snapshot, String name) {
        return new String(snapshot.get(name).reveal(), UTF_8);
    }

    private String status() {
        try {
            return String.join("\n", OperatorLink.status(socket()));
        } catch (IOException notThereYet) {
            return "";
        }
    }

    @Test
    void tellsProbesAndOperatorsHowItIs_rows2_49_52() throws Exception {
        bao.writeKv("secret", "app", Map.of("password", "a-value-for-probes"));
        try (FaultProxy proxy = new FaultProxy(bao.address())) {
            proxy.set(Fault.SEALED);
            Path config = config(proxy.address(), "{app: {path: app, poll: 1s, max-stale: 2s}}", "");
            try (SidecarProcess sidecar = SidecarProcess.run(config)) {
                Wait.until("it answers", SOON, () -> code("/startupz") == 503);
                Wait.until("it says why", SOON, () -> get("/startupz").body().contains("\"reason\":\"sealed\""));
                assertThat(code("/livez")).isEqualTo(200);
                assertThat(code("/readyz")).isEqualTo(503);
                proxy.set(Fault.NONE);
                Wait.until("it is started", SOON, () -> code("/startupz") == 200);
                Wait.until("it is ready", SOON, () -> code("/readyz") == 200);
                assertThat(get("/metrics").body())
                        .contains("tacet_started 1", "tacet_ready 1", "tacet_generation 1")
                        .contains("tacet_secret_state{secret=\"app\",state=\"fresh\"} 1")
                        .contains("tacet_vault_requests_total{op=\"login\",outcome=\"ok\"} 1")
                        .contains("tacet_vault_requests_total{op=\"login\",outcome=\"sealed\"}");
                assertThat(status()).contains("\"type\":\"status\",").contains("\"name\":\"app\"");

                proxy.set(Fault.RESET);
                Wait.until("it is too stale", SOON, () -> code("/readyz") == 503);
                assertThat(get("/readyz").body()).contains("\"state\":\"stale\"", "\"reason\":\"outage\"");
                assertThat(code("/startupz")).isEqualTo(200);
                assertThat(code("/livez")).as("the vault is no matter of life").isEqualTo(200);
                assertThat(volume.resolve("app/password")).exists();
                proxy.set(Fault.NONE);
                Wait.until("it is ready again", SOON, () -> code("/readyz") == 200);
                assertThat(code("/elsewhere")).isEqualTo(404);
                assertThat(sidecar.terminate()).isZero();
            }
        }
    }

    @Test
    void callsTheApplicationOnceASetAndNeverReadsAgainForIt_row47() throws Exception {
        bao.writeKv("secret", "app", Map.of("password", "first-of-two"));
        AtomicInteger calls = new AtomicInteger();
        HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/actuator/refresh", exchange -> {
            exchange.sendResponseHeaders(calls.incrementAndGet() == 1 ? 500 : 204, -1);
            exchange.close();
        });
        application.start();
        try (FaultProxy proxy = new FaultProxy(bao.address());
                SidecarProcess sidecar = SidecarProcess.run(config(
                        proxy.address(),
                        "{app: {path: app, poll: 1h}}",
                        "notify: {http: {url: http://127.0.0.1:"
                                + application.getAddress().getPort() + "/actuator/refresh}}"))) {
            Wait.until("told at the second attempt", SOON, () -> calls.get() == 2);
            Wait.until(
                    "it is written down",
                    SOON,
                    () -> sidecar.log().contains("\"audit\":\"notify\",\"channel\":\"http\""));
            pause(Duration.ofSeconds(2));
            assertThat(calls).hasValue(2);
            assertThat(proxy.count(request -> request.contains("/secret/data/app")))
                    .isEqualTo(1);
            assertThat(get("/metrics").body()).contains("tacet_notifications_total{channel=\"http\",outcome=\"ok\"} 1");
        } finally {
            application.stop(0);
        }
    }

    @Test
    void quitsForAnOperatorOnlyWhereThatIsAllowed_rows54_57() throws Exception {
        String secrets = "{db: {engine: dynamic, path: database/creds/app}}";
        try (SidecarProcess sidecar = SidecarProcess.run(config(bao.address(), secrets, ""))) {
            Wait.until("it is started", SOON, () -> code("/startupz") == 200);
            OperatorLink.quit(socket());
            pause(Duration.ofSeconds(1));
            assertThat(sidecar.isAlive()).as("it was not allowed").isTrue();
            sidecar.terminate();
        }
        assertThat(users()).as("SIGTERM leaves what a next start needs").isEqualTo(1);
        try (SidecarProcess sidecar = SidecarProcess.run(config(bao.address(), secrets, "allow-quit: true"))) {
            Wait.until("it is started", SOON, () -> code("/startupz") == 200);
            OperatorLink.quit(socket());
            assertThat(sidecar.await()).isZero();
            awaitNoUsers();
            assertThat(volume.resolve("db")).doesNotExist();
        }
    }

    @Test
    void revokesAndWipesOnTermWhenEveryPeerHasHungUp_row53() throws Exception {
        Path config = config(bao.address(), "{db: {engine: dynamic, path: database/creds/app}}", "");
        try (SidecarProcess sidecar = SidecarProcess.run(config)) {
            Wait.until("it is started", SOON, () -> code("/startupz") == 200);
            try (SecretVolume application =
                    SecretVolume.of(volume).rescan(Duration.ofSeconds(1)).build()) {
                application.start();
                Wait.until(
                        "the application is there",
                        SOON,
                        () -> get("/metrics").body().contains("tacet_peers 1"));
            }
            Wait.until(
                    "the application has ended",
                    SOON,
                    () -> get("/metrics").body().contains("tacet_peers 0"));
            long begin = System.nanoTime();
            assertThat(sidecar.terminate()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            awaitNoUsers();
            assertThat(volume.resolve("db")).doesNotExist();
        }
    }

    @Test
    void showsNoValueAnywhere_row58() throws Exception {
        String canary = "c4n4ry-" + System.nanoTime() + "-value";
        bao.writeKv("secret", "app", Map.of("password", canary, "empty", ""));
        try (FaultProxy proxy = new FaultProxy(bao.address())) {
            Path config = config(
                    proxy.address(),
                    "{app: {path: app, poll: 1s, keys: {password: {}}}, broken: {path: app, poll: 1s, required: false}}",
                    "");
            try (SidecarProcess sidecar = SidecarProcess.run(config)) {
                Wait.until("it is started", SOON, () -> code("/startupz") == 200);
                for (Fault fault : List.of(Fault.HALF, Fault.RATE_LIMITED, Fault.RESET, Fault.BEHIND, Fault.NONE)) {
                    proxy.set(fault);
                    pause(Duration.ofSeconds(2));
                }
                Path process = Path.of("/proc", Long.toString(sidecar.pid()));
                String state = Files.readString(volume.resolveSibling("state").resolve("state.json"));
                String token = new String(
                        java.util.Base64.getDecoder().decode(state.replaceAll("(?s).*\"token\":\"([^\"]*)\".*", "$1")),
                        UTF_8);
                assertThat(Files.readString(volume.resolve("app/password"))).isEqualTo(canary);
                assertThat(state).as("the state holds the token").contains("\"token\"");
                Map<String, String> places = Map.of(
                        "log and audit", sidecar.log(),
                        "metrics", get("/metrics").body(),
                        "startupz", get("/startupz").body(),
                        "readyz", get("/readyz").body(),
                        "status", status(),
                        "state", state,
                        "cmdline", Files.readString(process.resolve("cmdline"), ISO_8859_1),
                        "environ", Files.readString(process.resolve("environ"), ISO_8859_1));
                places.forEach((place, content) -> {
                    assertThat(content).as(place).isNotEmpty();
                    for (String secret : List.of(canary, token, secretId)) {
                        assertThat(content.contains(secret)).as(place).isFalse();
                    }
                });
                assertThat(sidecar.log()).as("the broken one was told of").contains("broken");
            }
        }
    }
}
