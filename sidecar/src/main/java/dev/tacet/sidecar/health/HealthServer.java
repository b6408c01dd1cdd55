package dev.tacet.sidecar.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/**
 * Probes and metrics over HTTP:
 *
 * <ul>
 *   <li>{@code /startupz}: 200 once a whole generation is published.
 *   <li>{@code /readyz}: 200 while no secret is staler than its configuration allows.
 *   <li>{@code /livez}: 200 while the core takes its turns; it never asks the vault.
 *   <li>{@code /metrics}: Prometheus' text format.
 * </ul>
 *
 * <p>Two threads serve it, from what the core last said. Only GET and HEAD are answered.
 */
public final class HealthServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor;
    private final StatusBoard board;
    private final Meters meters;
    private final LongSupplier peers;
    private final LongSupplier leaks;
    private final Clock clock;
    private final Duration patience;

    private HealthServer(
            HttpServer server,
            ExecutorService executor,
            StatusBoard board,
            Meters meters,
            LongSupplier peers,
            LongSupplier leaks,
            Clock clock,
            Duration patience) {
        this.server = server;
        this.executor = executor;
        this.board = board;
        this.meters = meters;
        this.peers = peers;
        this.leaks = leaks;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Binds it and begins to serve.
     *
     * @param patience how long the core may take for a turn before it counts as stuck
     * @throws IOException when it cannot be bound
     */
    public static HealthServer start(
            InetSocketAddress address,
            StatusBoard board,
            Meters meters,
            LongSupplier peers,
            LongSupplier leaks,
            Clock clock,
            Duration patience,
            ThreadFactory threads)
            throws IOException {
        HttpServer server = HttpServer.create(address, 8);
        ExecutorService executor = Executors.newFixedThreadPool(2, threads);
        server.setExecutor(executor);
        HealthServer health = new HealthServer(server, executor, board, meters, peers, leaks, clock, patience);
        server.createContext("/", health::answer);
        server.start();
        return health;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            Status status = board.current();
            switch (exchange.getRequestURI().getPath()) {
                case "/startupz" -> probe(exchange, status.isStarted(), status);
                case "/readyz" -> probe(exchange, status.isReady(), status);
                case "/livez" -> {
                    boolean alive = status.at().plus(patience).isAfter(clock.instant());
                    send(exchange, alive ? 200 : 503, "text/plain", alive ? "ok\n" : "the core is stuck\n");
                }
                case "/metrics" -> {
                    String page =
                            PrometheusText.of(status, meters, clock.instant(), peers.getAsLong(), leaks.getAsLong());
                    send(exchange, 200, "text/plain; version=0.0.4", page);
                }
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void probe(HttpExchange exchange, boolean well, Status status) throws IOException {
        send(exchange, well ? 200 : 503, "application/json", StatusJson.document(status, clock.instant()) + "\n");
    }

    private static void send(HttpExchange exchange, int code, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, head ? -1 : bytes.length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
