package dev.tacet.sidecar.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Stands in front of a real vault and does to its requests what a network does: loses them, delays them, breaks them off
 * or answers in the server's place. A connection carries one request. It counts what comes, by method and path.
 */
public final class FaultProxy implements AutoCloseable {
    private final URI target;
    private final ServerSocket server;
    private final Map<String, List<Long>> requests = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault fault = Fault.NONE;
    private volatile Predicate<String> hit = request -> true;

    /** What becomes of a request. */
    public enum Fault {
        /** It is answered. */
        NONE,
        /** It is swallowed: no answer, ever. */
        BLACK_HOLE,
        /** The connection is reset. */
        RESET,
        /** It is answered after half a second. */
        SLOW,
        /** Half an answer, then the connection ends. */
        HALF,
        /** It has its effect, and the answer is lost. */
        LOST_ANSWER,
        /** 503, and the server is sealed. */
        SEALED,
        /** 503, as of a server that is on its way up. */
        UNAVAILABLE,
        /** 429, with a second to wait. */
        RATE_LIMITED,
        /** 412, as of a replica that is behind. */
        BEHIND
    }

    public FaultProxy(URI target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread accepting = new Thread(this::accept, "fault-proxy");
        accepting.setDaemon(true);
        accepting.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on this becomes of every request. */
    public void set(Fault to) {
        set(to, request -> true);
    }

    /** From now on this becomes of the requests that {@code which} takes; it gets {@code GET /v1/…}. */
    public void set(Fault to, Predicate<String> which) {
        hit = which;
        fault = to;
    }

    /** How many requests there were that {@code which} takes. */
    public int count(Predicate<String> which) {
        return requests.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToInt(entry -> entry.getValue().size())
                .sum();
    }

    /** When each came, by {@link System#nanoTime}. */
    public List<Long> times() {
        return requests.values().stream().flatMap(List::stream).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread serving = new Thread(() -> serve(client), "fault-proxy-request");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            byte[] request = request(client.getInputStream());
            String[] words = new String(request, StandardCharsets.ISO_8859_1).split(" ", 3);
            if (words.length < 3) {
                return;
            }
            String name = words[0] + " " + words[1];
            requests.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(System.nanoTime());
            Fault now = hit.test(name) ? fault : Fault.NONE;
            OutputStream out = client.getOutputStream();
            switch (now) {
                case NONE -> out.write(forward(request));
                case SLOW -> {
                    await(Duration.ofMillis(500));
                    out.write(forward(request));
                }
                case BLACK_HOLE -> await(Duration.ofMinutes(5));
                case RESET -> client.setSoLinger(true, 0);
                case HALF -> {
                    byte[] answer = forward(request);
                    out.write(answer, 0, answer.length / 2);
                }
                case LOST_ANSWER -> {
                    forward(request);
                    client.setSoLinger(true, 0);
                }
                case SEALED -> out.write(answer("503 Service Unavailable", "", "{\"errors\":[\"Vault is sealed\"]}"));
                case UNAVAILABLE -> out.write(answer("503 Service Unavailable", "", "{\"errors\":[\"starting\"]}"));
                case RATE_LIMITED ->
                    out.write(answer("429 Too Many Requests", "Retry-After: 1\r\n", "{\"errors\":[\"quota\"]}"));
                case BEHIND -> out.write(answer("412 Precondition Failed", "", "{\"errors\":[]}"));
            }
        } catch (IOException e) {
            return; // the client gave up: what a network does
        }
    }

    private void await(Duration time) {
        try {
            closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] forward(byte[] request) throws IOException {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        String once = text.replaceFirst("\r\n", "\r\nConnection: close\r\n");
        try (Socket upstream = new Socket(target.getHost(), target.getPort())) {
            upstream.getOutputStream().write(once.getBytes(StandardCharsets.ISO_8859_1));
            return upstream.getInputStream().readAllBytes();
        }
    }

    /** Head and body of one request. */
    private static byte[] request(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int length = -1;
        int headEnd = -1;
        while (headEnd < 0 || bytes.size() < headEnd + length) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            bytes.write(next);
            if (headEnd < 0 && next == '\n') {
                String head = bytes.toString(StandardCharsets.ISO_8859_1);
                if (head.endsWith("\r\n\r\n")) {
                    headEnd = head.length();
                    length = contentLength(head);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static int contentLength(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return 0;
    }

    private static byte[] answer(String status, String headers, String body) {
        return ("HTTP/1.1 " + status + "\r\n" + headers + "Content-Type: application/json\r\nConnection: close\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
