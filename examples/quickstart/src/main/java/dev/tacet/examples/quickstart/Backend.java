package dev.tacet.examples.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The other side: a loopback HTTP server that serves whoever knows the current credentials or the ones before.
 *
 * <p>It learns of a rotation as its client does, from the volume. Requests are handled one at a time by the server's
 * own thread, which alone touches the fields.
 */
final class Backend implements AutoCloseable {
    private final HttpServer server;
    private final Path volume;
    private Credentials current;
    private Credentials previous;

    private Backend(HttpServer server, Path volume, Credentials first) {
        this.server = server;
        this.volume = volume;
        this.current = first;
        this.previous = first;
    }

    /** Starts on a free port. */
    static Backend start(Path volume) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Backend backend = new Backend(HttpServer.create(anyPort, 0), volume, Credentials.readFrom(volume));
        backend.server.createContext("/", backend::answer);
        backend.server.start();
        return backend;
    }

    /** Where it listens. */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/items");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Credentials latest = Credentials.readFrom(volume);
            if (!latest.equals(current)) {
                previous = current;
                current = latest;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean known = signedBy(current, exchange, body) || signedBy(previous, exchange, body);
            exchange.sendResponseHeaders(known ? 200 : 401, -1);
        }
    }

    private static boolean signedBy(Credentials credentials, HttpExchange exchange, String body) {
        return credentials.basic().equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && credentials.query().equals(exchange.getRequestURI().getRawQuery())
                && credentials.json().equals(body);
    }
}
