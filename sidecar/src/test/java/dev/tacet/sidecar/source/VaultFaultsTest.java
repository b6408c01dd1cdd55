package dev.tacet.sidecar.source;

import static dev.tacet.sidecar.source.Fetches.failed;
import static dev.tacet.sidecar.source.Fetches.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.VaultSettings;
import dev.tacet.sidecar.source.Failure.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers that a real vault cannot be made to give, from a server in this process: everything else is tested against
 * OpenBao itself in {@link VaultSourceIT}.
 */
final class VaultFaultsTest {
    private static final Origin.Kv2 DB = new Origin.Kv2("secret", "app/db");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC);

    private final String canary = UUID.randomUUID().toString();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private URI address;

    @TempDir
    Path directory;

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Files.writeString(directory.resolve("token"), canary);
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answers(Answer answer) {
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                answer.give(exchange);
            }
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private VaultToken token() {
        return new VaultToken(SecretValue.ofUtf8(canary), "accessor", Duration.ZERO, false, false);
    }

    private VaultTransport transport() {
        return new VaultTransport(settings(Duration.ofSeconds(10)), CLOCK, failures());
    }

    private VaultFailures failures() {
        return new VaultFailures(address, Optional.empty());
    }

    private VaultSettings settings(Duration timeout) {
        return new VaultSettings(
                address,
                Optional.empty(),
                Optional.empty(),
                timeout,
                new VaultSettings.TokenFile(directory.resolve("token")));
    }

    private Failure fetch() {
        try (VaultSource source =
                new VaultSource(settings(Duration.ofSeconds(10)), (name, value) -> {}, CLOCK, new Random(1))) {
            Failure failure = failed(source.fetch(DB));
            assertThat(failure.toString()).doesNotContain(canary);
            return failure;
        }
    }

    @Test
    void readsRetryAfterAsSecondsOrDate() {
        record Row(String header, Optional<Duration> expected) {}
        List<Row> rows = List.of(
                new Row("7", Optional.of(Duration.ofSeconds(7))),
                new Row("Tue, 24 Nov 2026 08:00:30 GMT", Optional.of(Duration.ofSeconds(30))),
                new Row("Tue, 24 Nov 2026 07:00:00 GMT", Optional.of(Duration.ZERO)), // past: at once
                new Row("-3", Optional.empty()), // not in the grammar
                new Row("99999999999999999999", Optional.empty()), // no long holds it
                new Row("soon", Optional.empty()));
        AtomicInteger row = new AtomicInteger();
        answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", rows.get(row.get()).header);
            send(exchange, 429, "{\"errors\":[]}");
        });
        for (Row each : rows) {
            Failure failure = fetch();
            assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(failure.retryAfter()).as(each.header).isEqualTo(each.expected);
            row.incrementAndGet();
        }
    }

    @Test
    void showsNothingOfAnErrorBody() throws Exception {
        String body = "{\"errors\":[\"" + canary + "\"],\"data\":{\"data\":{\"k\":\"" + canary + "\"}}}";
        AtomicInteger status = new AtomicInteger();
        answers(exchange -> send(exchange, status.get(), body));
        // those whose body the driver would write into an exception or keep in its response, and one it has no word for
        for (int each : List.of(201, 400, 403, 404, 405, 412, 418, 429, 500, 502, 503)) {
            status.set(each);
            HttpResponse<String> raw = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(raw.body()).contains(canary);
            VaultApi api = new VaultApi(transport(), failures());
            SourceException trouble = catchThrowableOfType(SourceException.class, () -> api.read(DB, token()));
            assertThat(printed(trouble)).as("status %s", each).doesNotContain(canary);
            assertThat(trouble.failure().toString()).as("status %s", each).doesNotContain(canary);
        }
    }

    @Test
    void showsNothingOfARefusedLogin() throws Exception {
        answers(exchange -> send(exchange, 400, "{\"errors\":[\"" + canary + "\"]}"));
        Path secretId = Files.writeString(directory.resolve("secret-id"), canary);
        VaultLogins logins = new VaultLogins(transport(), failures());
        SourceException trouble = catchThrowableOfType(
                SourceException.class,
                () -> new LoginCredentials(
                                logins, new VaultSettings.AppRole("approle", "role", secretId), (name, value) -> {})
                        .login());
        assertThat(printed(trouble)).doesNotContain(canary);
        assertThat(trouble.failure().kind()).isEqualTo(Kind.DENIED);
    }

    @Test
    void tellsOfAnAnswerThatBreaksOff() {
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 10_000);
            exchange.getResponseBody()
                    .write(("{\"data\":{\"data\":{\"k\":\"" + canary).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });
        assertThat(fetch().kind()).isEqualTo(Kind.OUTAGE);
    }

    @Test
    void tellsOfASuccessThatIsNoJson() {
        record Row(String body, String why) {}
        for (Row row : List.of(
                new Row("{\"data\":{\"data\":{\"k\":\"" + canary, "cut short where the length is right"),
                new Row("<html>" + canary + "</html>", "a proxy's page"),
                new Row("", "nothing"),
                new Row("{} " + canary, "something after the document"),
                new Row("[".repeat(5000) + "]".repeat(5000), "deeper than the driver's parser should go"))) {
            AtomicInteger asked = new AtomicInteger();
            answers(exchange -> {
                asked.incrementAndGet();
                send(exchange, 200, row.body);
            });
            Failure failure = fetch();
            assertThat(failure.kind()).as(row.why).isIn(Kind.OUTAGE, Kind.CONFIGURATION);
            // The second request where the first one, about the token, told nothing.
            assertThat(asked.get()).as(row.why).isBetween(1, 2);
            server.removeContext("/");
        }
    }

    @Test
    void takesNoTokenAlongARedirect() throws Exception {
        AtomicInteger followed = new AtomicInteger();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            followed.incrementAndGet();
            send(exchange, 200, "{}");
        });
        elsewhere.start();
        try {
            answers(exchange -> {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/v1/secret");
                send(exchange, 307, "");
            });
            Failure failure = fetch();
            assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
            assertThat(failure.message()).isEqualTo("the vault at " + address + " redirects to another address");
            assertThat(followed).hasValue(0);
        } finally {
            elsewhere.stop(0);
        }
    }

    @Test
    void hangsUpWhenABodyGrowsPastTheBound() throws Exception {
        answers(exchange -> send(exchange, 200, "{\"data\":\"" + "x".repeat(100_000) + "\"}"));
        WithholdingHttpClient bounded =
                new WithholdingHttpClient(HttpClient.newHttpClient(), Duration.ofSeconds(10), CLOCK, 50_000);
        IOException trouble = catchThrowableOfType(
                IOException.class,
                () -> bounded.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString()));
        assertThat(trouble).isInstanceOf(MalformedAnswerException.class);
        assertThat(bounded.last()).isEmpty();
    }

    @Test
    void endsAnExchangeWhoseBodyStalls() {
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        VaultSource source =
                new VaultSource(settings(Duration.ofMillis(300)), (name, value) -> {}, CLOCK, new Random(1));
        Failure failure = failed(source.fetch(DB));
        assertThat(failure.kind()).isEqualTo(Kind.OUTAGE);
        assertThat(failure.message()).endsWith(": no answer in time");
    }

    @Test
    void keepsTheInterruptOfAWaitingFetch() {
        answers(exchange -> send(exchange, 200, "{}"));
        VaultSource source =
                new VaultSource(settings(Duration.ofSeconds(10)), (name, value) -> {}, CLOCK, new Random(1));
        Thread.currentThread().interrupt();
        Failure failure = failed(source.fetch(DB));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(Kind.OUTAGE);
    }
}
