package dev.tacet.sidecar.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A real OpenBao server on a free loopback port: initialised, unsealed, with a KV v2 engine at {@code secret/}. It can be
 * sealed, stopped, and started again on the same port. Ended by its process when closed, or with this JVM.
 */
public final class OpenBao implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Path directory;
    private final int port;
    private final URI address;
    private final BaoApi api;
    private final Path binary;
    private final Thread atExit = new Thread(this::stop, "stop-openbao");
    private @Nullable Process process;
    private String rootToken = "";
    private String unsealKey = "";

    private OpenBao(Path directory, Path binary, Optional<TestCertificate> tls, boolean onDisk) throws Exception {
        this.directory = directory;
        this.binary = binary;
        int clusterPort;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
            clusterPort = other.getLocalPort();
        }
        this.address = URI.create((tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port);
        this.api = new BaoApi(address, tls.isPresent() ? tls.get().trusted() : SSLContext.getDefault());
        String encryption = tls.map(
                        t -> "tls_cert_file = \"" + t.certificate() + "\"\n  tls_key_file = \"" + t.key() + "\"")
                .orElse("tls_disable = true");
        Path data = Files.createDirectories(directory.resolve("data"));
        String storage = onDisk
                ? "storage \"raft\" {\n  path = \"" + data + "\"\n  performance_multiplier = 1\n}"
                : "storage \"inmem\" {}";
        Files.writeString(directory.resolve("bao.hcl"), """
                %s
                listener "tcp" {
                  address = "127.0.0.1:%d"
                  cluster_address = "127.0.0.1:%d"
                  %s
                }
                api_addr = "%s"
                cluster_addr = "https://127.0.0.1:%d"
                """.formatted(
                        storage, port, clusterPort, encryption, address, clusterPort));
    }

    /** One that forgets everything when it stops. {@code directory} takes its configuration and its log. */
    public static OpenBao inMemory(Path directory) {
        return started(directory, Optional.empty(), false);
    }

    /** One that can be stopped and started again. */
    public static OpenBao onDisk(Path directory) {
        return started(directory, Optional.empty(), true);
    }

    /** One that speaks TLS only. */
    public static OpenBao withTls(Path directory, TestCertificate certificate) {
        return started(directory, Optional.of(certificate), false);
    }

    private static OpenBao started(Path directory, Optional<TestCertificate> tls, boolean onDisk) {
        Path binary = BaoBinary.find();
        try {
            OpenBao bao = new OpenBao(directory, binary, tls, onDisk);
            Runtime.getRuntime().addShutdownHook(bao.atExit);
            bao.launch();
            bao.initialise();
            return bao;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("OpenBao did not start", e);
        }
    }

    private void launch() {
        Process started;
        try {
            started = new ProcessBuilder(binary.toString(), "server", "-config=" + directory.resolve("bao.hcl"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("bao.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = started;
        Wait.until("OpenBao answers", READY_WITHIN, () -> {
            if (!started.isAlive()) {
                throw new AssertionError("OpenBao ended at once; its log is " + directory.resolve("bao.log"));
            }
            try {
                api.send("GET", "sys/health", "", "", Map.of());
                return true;
            } catch (UncheckedIOException e) {
                return false;
            }
        });
    }

    private void initialise() {
        JsonNode keys = api.call("POST", "sys/init", "", "", Map.of("secret_shares", 1, "secret_threshold", 1));
        rootToken = keys.path("root_token").asText();
        unsealKey = keys.path("keys").path(0).asText();
        unseal();
        mountKv2("secret");
    }

    /** {@code http://127.0.0.1:PORT}. */
    public URI address() {
        return address;
    }

    /** May do everything. */
    public String rootToken() {
        return rootToken;
    }

    /** Sends one request as root, in the root namespace; fails unless the answer is 2xx. */
    public JsonNode call(String method, String path, Map<String, ?> body) {
        return api.call(method, path, rootToken, "", body);
    }

    /** Has the answer to a POST by root wrapped: the wrapping token. */
    public String wrapped(String path, Map<String, ?> body) {
        return api.wrapped(path, rootToken, body);
    }

    /** The same in a namespace. */
    public JsonNode callIn(String namespace, String method, String path, Map<String, ?> body) {
        return api.call(method, path, rootToken, namespace, body);
    }

    /** What the server really answers to a GET by root, whatever the status. */
    public HttpResponse<byte[]> raw(String path) {
        return api.send("GET", path, rootToken, "", Map.of());
    }

    public void mountKv2(String mount) {
        call("POST", "sys/mounts/" + mount, Map.of("type", "kv", "options", Map.of("version", "2")));
        // The engine upgrades itself in the background and refuses requests until then.
        Wait.until("KV v2 is ready", READY_WITHIN, () -> raw(mount + "/config").statusCode() == 200);
    }

    /** Writes a new version and returns its number. */
    public long writeKv(String mount, String path, Map<String, ?> values) {
        return call("POST", mount + "/data/" + path, Map.of("data", values))
                .path("data")
                .path("version")
                .asLong();
    }

    /** A policy that allows reading one API path, such as {@code secret/data/app/db}. */
    public void allowReading(String policy, String apiPath) {
        call(
                "POST",
                "sys/policies/acl/" + policy,
                Map.of("policy", "path \"" + apiPath + "\" { capabilities = [\"read\"] }"));
    }

    /** A new token with these policies, and {@code default}. */
    public String token(String... policies) {
        return call("POST", "auth/token/create", Map.of("policies", List.of(policies)))
                .path("auth")
                .path("client_token")
                .asText();
    }

    public void revoke(String token) {
        call("POST", "auth/token/revoke", Map.of("token", token));
    }

    /** Enables AppRole at {@code mount}, makes a role, and returns the role's id. */
    public String appRole(String mount, String role, String policy) {
        call("POST", "sys/auth/" + mount, Map.of("type", "approle"));
        call("POST", "auth/" + mount + "/role/" + role, Map.of("token_policies", List.of(policy)));
        return call("GET", "auth/" + mount + "/role/" + role + "/role-id", Map.of())
                .path("data")
                .path("role_id")
                .asText();
    }

    public String secretId(String mount, String role) {
        return call("POST", "auth/" + mount + "/role/" + role + "/secret-id", Map.of())
                .path("data")
                .path("secret_id")
                .asText();
    }

    /** At most one request in {@code interval} below {@code path}, with the headers that say so. */
    public void limitRate(String path, Duration interval) {
        call("POST", "sys/quotas/config", Map.of("enable_rate_limit_response_headers", true));
        call(
                "POST",
                "sys/quotas/rate-limit/narrow",
                Map.of("rate", 1, "interval", interval.toSeconds() + "s", "path", path));
    }

    public void seal() {
        call("PUT", "sys/seal", Map.of());
    }

    public void unseal() {
        api.call("POST", "sys/unseal", "", "", Map.of("key", unsealKey));
        Wait.until("OpenBao is active", READY_WITHIN, () -> raw("sys/health").statusCode() == 200);
    }

    /** Ends the server; its port refuses connections then. */
    public void stop() {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(10, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again where it was, and unseals it. */
    public void start() {
        launch();
        unseal();
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
