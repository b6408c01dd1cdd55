package dev.tacet.sidecar.source;

import static dev.tacet.sidecar.source.Fetches.failed;
import static dev.tacet.sidecar.source.Fetches.found;
import static dev.tacet.sidecar.source.Fetches.printed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.VaultSettings;
import dev.tacet.sidecar.config.VaultSettings.Auth;
import dev.tacet.sidecar.source.Failure.Kind;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every auth method against a real OpenBao that speaks TLS only. The API server that its method {@code kubernetes} asks
 * for a TokenReview is a stand-in in this process; {@code examples/kubernetes} has a real one.
 */
final class LoginIT {
    private static final Origin DB = new Origin.Kv2("secret", "app/db");
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    @TempDir
    private static Path directory;

    private static TestCertificate certificate;
    private static OpenBao bao;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.make(Files.createDirectory(directory.resolve("tls")));
        bao = OpenBao.withTls(Files.createDirectory(directory.resolve("bao")), certificate);
        bao.writeKv("secret", "app/db", Map.of("password", "value"));
        bao.allowReading("app", "secret/data/app/db");
    }

    @AfterAll
    static void stop() {
        bao.close();
    }

    private static VaultSettings settings(Auth auth) {
        return new VaultSettings(
                bao.address(),
                Optional.empty(),
                Optional.of(certificate.certificate()),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10),
                auth);
    }

    private static VaultSource source(VaultSettings settings) {
        return new VaultSource(settings, (name, value) -> {}, Clock.systemUTC(), new Random(1));
    }

    private static VaultSource source(Auth auth) {
        return source(settings(auth));
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(Files.createTempDirectory(directory, "login").resolve(name), content);
    }

    private static String jwt(KeyPair key, String audience) throws Exception {
        String head = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";
        String claims =
                "{\"sub\":\"system:serviceaccount:shop:orders\",\"aud\":[\"" + audience + "\"],\"iss\":\"test\","
                        + "\"kubernetes.io\":{\"namespace\":\"shop\",\"serviceaccount\":{\"name\":\"orders\",\"uid\":\"1\"}},"
                        + "\"iat\":" + Instant.now().getEpochSecond() + ",\"exp\":"
                        + Instant.now().plusSeconds(600).getEpochSecond() + "}";
        String signed = URL.encodeToString(head.getBytes(UTF_8)) + "." + URL.encodeToString(claims.getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + URL.encodeToString(signature.sign());
    }

    @Test
    void logsInWithAJwtReadAnewAtEachLoginAndExplainsAWrongAudience_rows5_43() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair key = generator.generateKeyPair();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(key.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        bao.call("POST", "sys/auth/jwt", Map.of("type", "jwt"));
        bao.call("POST", "auth/jwt/config", Map.of("jwt_validation_pubkeys", List.of(pem)));
        bao.call(
                "POST",
                "auth/jwt/role/shop",
                Map.of(
                        "role_type",
                        "jwt",
                        "user_claim",
                        "sub",
                        "bound_audiences",
                        List.of("vault"),
                        "token_policies",
                        List.of("app")));
        Path file = directory.resolve("projected");
        Auth auth = new VaultSettings.Jwt("jwt", "jwt", "shop", file);
        VaultSource source = source(auth);

        Failure absent = failed(source.fetch(DB));
        assertThat(absent.kind()).as("the kubelet may not have made it yet").isEqualTo(Kind.OUTAGE);

        String wrong = jwt(key, "https://kubernetes.default");
        Files.writeString(file, wrong);
        Failure refused = failed(source.fetch(DB));
        assertThat(refused.kind()).isEqualTo(Kind.DENIED);
        assertThat(refused.message())
                .contains("the token's audiences are [https://kubernetes.default]", "system:serviceaccount:shop:orders")
                .contains("for the role shop")
                .doesNotContain(wrong.substring(0, 30))
                .doesNotContain(wrong.substring(wrong.length() - 30));

        Files.writeString(file, jwt(key, "vault"));
        found(source.fetch(DB));
    }

    @Test
    void logsInWithAServiceAccountTokenThatTheApiServerReviews_row5() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair key = generator.generateKeyPair();
        String token = jwt(key, "vault");
        AtomicInteger reviews = new AtomicInteger();
        HttpsServer api = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.setHttpsConfigurator(new HttpsConfigurator(certificate.serving()));
        api.createContext("/apis/authentication.k8s.io/v1/tokenreviews", exchange -> {
            reviews.incrementAndGet();
            byte[] answer = ("{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"status\":{"
                            + "\"authenticated\":true,\"user\":{\"username\":\"system:serviceaccount:shop:orders\","
                            + "\"uid\":\"1\",\"groups\":[\"system:serviceaccounts\"]},\"audiences\":[\"vault\"]}}")
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        api.start();
        try {
            bao.call("POST", "sys/auth/kubernetes", Map.of("type", "kubernetes"));
            bao.call(
                    "POST",
                    "auth/kubernetes/config",
                    Map.of(
                            "kubernetes_host",
                            "https://127.0.0.1:" + api.getAddress().getPort(),
                            "kubernetes_ca_cert",
                            Files.readString(certificate.certificate()),
                            "disable_local_ca_jwt",
                            true));
            bao.call(
                    "POST",
                    "auth/kubernetes/role/shop",
                    Map.of(
                            "bound_service_account_names",
                            List.of("orders"),
                            "bound_service_account_namespaces",
                            List.of("shop"),
                            "token_policies",
                            List.of("app")));
            found(source(new VaultSettings.Jwt("kubernetes", "kubernetes", "shop", file("token", token)))
                    .fetch(DB));
            assertThat(reviews).hasValue(1);
        } finally {
            api.stop(0);
        }
    }

    @Test
    void logsInWithAUserNameAndPassword() throws Exception {
        bao.call("POST", "sys/auth/demo", Map.of("type", "userpass"));
        bao.call("POST", "auth/demo/users/ann", Map.of("password", "pass-of-ann", "token_policies", List.of("app")));
        found(source(new VaultSettings.Userpass("demo", "ann", file("password", "pass-of-ann\n")))
                .fetch(DB));
        Failure failure = failed(source(new VaultSettings.Userpass("demo", "ann", file("password", "wrong-pass")))
                .fetch(DB));
        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.toString()).doesNotContain("wrong-pass");
    }

    @Test
    void logsInWithAClientCertificateThatMayBeReplaced_row42() throws Exception {
        TestCertificate own = TestCertificate.make(Files.createTempDirectory(directory, "client"));
        TestCertificate next = TestCertificate.make(Files.createTempDirectory(directory, "client"));
        bao.call("POST", "sys/auth/cert", Map.of("type", "cert"));
        Map.of("first", own, "second", next).forEach((name, each) -> {
            String policies = name.equals("first") ? "default" : "app";
            bao.call("POST", "auth/cert/certs/" + name, Map.of("certificate", each.pem(), "token_policies", policies));
        });
        Path files = Files.createTempDirectory(directory, "mounted");
        Path cert = files.resolve("tls.crt");
        Path key = files.resolve("tls.key");
        Files.copy(own.certificate(), cert);
        Files.copy(own.key(), key);
        VaultSource source = source(new VaultSettings.Cert("cert", Optional.empty(), cert, key));
        assertThat(failed(source.fetch(DB)).message())
                .as("logged in, and may not read")
                .contains("denies reading");
        Files.copy(next.certificate(), cert, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(next.key(), key, StandardCopyOption.REPLACE_EXISTING);
        found(source(new VaultSettings.Cert("cert", Optional.of("second"), cert, key))
                .fetch(DB));
        bao.call("DELETE", "auth/cert/certs/first", Map.of());
        assertThat(failed(source.fetch(DB)).kind())
                .as("the token of the first is too young to be replaced")
                .isEqualTo(Kind.DENIED);
    }

    @Test
    void unwrapsASecretIdOnceAndRemovesItsFile() throws Exception {
        String roleId = bao.appRole("wrapped", "app", "app");
        String wrapping = wrap("auth/wrapped/role/app/secret-id");
        Path file = file("secret-id", wrapping);
        Auth auth = new VaultSettings.AppRole("wrapped", roleId, file, true, true);
        VaultSource source = source(auth);
        found(source.fetch(DB));
        assertThat(file).doesNotExist();
        Files.writeString(file, wrapping);
        Failure again = failed(source(auth).fetch(DB));
        assertThat(again.kind()).isEqualTo(Kind.DENIED);
        assertThat(again.hint()).contains("somebody has unwrapped it before");
        assertThat(again.toString()).doesNotContain(wrapping);
    }

    @Test
    void unwrapsAToken() throws Exception {
        String wrapping = wrapToken();
        VaultSource source = source(new VaultSettings.TokenFile(file("token", wrapping), true));
        found(source.fetch(DB));
        found(source.fetch(DB));
        assertThat(failed(source(new VaultSettings.TokenFile(file("token", wrapping), true))
                                .fetch(DB))
                        .message())
                .contains("does not unwrap");
    }

    private static String wrap(String path) {
        return bao.wrapped(path, Map.of());
    }

    private static String wrapToken() {
        return bao.wrapped("auth/token/create", Map.of("policies", List.of("app")));
    }

    /** The server is a stand-in in this process: the test's own client could not talk to one of another name. */
    @Test
    void checksTheNameThatTheCertificateIsIssuedFor() throws Exception {
        TestCertificate named = TestCertificate.makeFor(Files.createTempDirectory(directory, "named"), "vault.test");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(named.serving()));
        server.createContext("/", exchange -> {
            byte[] answer =
                    "{\"data\":{\"data\":{\"password\":\"value\"},\"metadata\":{\"version\":1}}}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            for (String host : List.of("127.0.0.1", "localhost")) {
                URI address =
                        URI.create("https://" + host + ":" + server.getAddress().getPort());
                found(source(named(address, named, Optional.of("vault.test"))).fetch(DB));
                for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of("other.test"))) {
                    assertThat(failed(source(named(address, named, wrong)).fetch(DB))
                                    .message())
                            .contains("its certificate is not trusted");
                }
            }
        } finally {
            server.stop(0);
        }
    }

    private static VaultSettings named(URI address, TestCertificate trusted, Optional<String> name) throws IOException {
        return new VaultSettings(
                address,
                Optional.empty(),
                Optional.of(trusted.certificate()),
                name,
                Optional.empty(),
                Duration.ofSeconds(10),
                new VaultSettings.TokenFile(file("token", "a-token")));
    }

    @Test
    void goesThroughAProxy_row6() throws Exception {
        AtomicInteger tunnels = new AtomicInteger();
        try (ServerSocket proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> tunnel(proxy, tunnels), "proxy");
            serving.setDaemon(true);
            serving.start();
            VaultSettings settings = new VaultSettings(
                    bao.address(),
                    Optional.empty(),
                    Optional.of(certificate.certificate()),
                    Optional.empty(),
                    Optional.of(URI.create("http://127.0.0.1:" + proxy.getLocalPort())),
                    Duration.ofSeconds(10),
                    new VaultSettings.TokenFile(file("token", bao.rootToken())));
            found(source(settings).fetch(DB));
            assertThat(tunnels.get()).isPositive();
        }
    }

    private static void tunnel(ServerSocket proxy, AtomicInteger tunnels) {
        try {
            while (true) {
                Socket client = proxy.accept();
                StringBuilder head = new StringBuilder();
                while (!head.toString().endsWith("\r\n\r\n")) {
                    head.append((char) client.getInputStream().read());
                }
                tunnels.incrementAndGet();
                String target = head.toString().split(" ", 3)[1];
                Socket upstream = new Socket(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(target.substring(target.indexOf(':') + 1)));
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
                pump(client.getInputStream(), upstream.getOutputStream());
                pump(upstream.getInputStream(), client.getOutputStream());
            }
        } catch (IOException closed) {
            assertThat(closed).isNotNull();
        }
    }

    private static void pump(InputStream from, OutputStream to) {
        Thread thread = new Thread(
                () -> {
                    try {
                        from.transferTo(to);
                    } catch (IOException closed) {
                        assertThat(printed(closed)).isNotEmpty();
                    }
                },
                "pump");
        thread.setDaemon(true);
        thread.start();
    }
}
