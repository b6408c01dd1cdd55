package dev.tacet.sidecar.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Passes GET requests on to a real server, and counts them by path. */
public final class CountingProxy implements AutoCloseable {
    private final HttpServer server;
    private final URI target;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();

    public CountingProxy(URI target) throws IOException {
        this.target = target;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many there were, by method and path. */
    public Map<String, Integer> requests() {
        return Map.copyOf(requests);
    }

    public int count(String request) {
        return requests.getOrDefault(request, 0);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.merge(exchange.getRequestMethod() + " " + exchange.getRequestURI(), 1, Integer::sum);
            HttpRequest request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                    .header("X-Vault-Token", exchange.getRequestHeaders().getFirst("X-Vault-Token"))
                    .build();
            var answer = client.send(request, BodyHandlers.ofByteArray());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
