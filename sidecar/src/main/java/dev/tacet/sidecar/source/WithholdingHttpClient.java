package dev.tacet.sidecar.source;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The client that the driver sends through. The driver sees a status and, of a success, the JSON in ASCII; it writes
 * bodies into its exceptions, so an error's body never reaches it: what the body said is kept as a {@link VaultAnswer}.
 *
 * <p>One time-out bounds the whole exchange (the JDK's own ends with the headers), one bound the body's length.
 * Redirects are not followed: the next host would get the token. One thread uses it at a time.
 */
final class WithholdingHttpClient extends HttpClient {
    /** OpenBao and Vault take no larger request by default, so no value that came in that way is longer. */
    static final long LONGEST_BODY = 8L << 20;

    private static final byte[] NEUTRAL = {'{', '}'};
    private static final HttpHeaders JSON =
            HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true);

    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;
    private final long longestBody;
    private @Nullable VaultAnswer last;

    /** Sends through {@code client}, which must not follow redirects. */
    WithholdingHttpClient(HttpClient client, Duration timeout, Clock clock, long longestBody) {
        this.client = client;
        this.timeout = timeout;
        this.clock = clock;
        this.longestBody = longestBody;
    }

    /** The answer to the last request; empty when it got none. */
    Optional<VaultAnswer> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException {
        last = null;
        // The driver leaves characters beyond ASCII in the address, and the JDK would send question marks for them.
        HttpRequest sent = HttpRequest.newBuilder(request, (name, value) -> true)
                .uri(URI.create(request.uri().toASCIIString()))
                .build();
        HttpResponse<byte[]> response = exchange(sent);
        int status = response.statusCode();
        byte[] body = response.body();
        boolean success = status / 100 == 2;
        byte[] shown = success && body.length > 0 ? AsciiJson.rewrite(body) : NEUTRAL;
        last = new VaultAnswer(
                status,
                ErrorBody.complaint(status, body),
                RetryAfter.parse(response.headers().firstValue("Retry-After"), clock),
                date(response.headers().firstValue("Date")));
        return new Shown<>(status, request, JSON, feed(handler, status, shown), response.uri(), response.version());
    }

    private static Optional<Instant> date(Optional<String> header) {
        try {
            return header.map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, info -> new BoundedBody(longestBody));
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new HttpTimeoutException("no whole answer in time");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            throw new IOException("the exchange failed");
        }
    }

    /** Gives {@code body} to the caller's own handler, as if it had come from the network. */
    private static <T> T feed(BodyHandler<T> handler, int status, byte[] body) {
        BodySubscriber<T> subscriber = handler.apply(new Info(status, JSON, Version.HTTP_1_1));
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {}
        });
        subscriber.onNext(List.of(ByteBuffer.wrap(body)));
        subscriber.onComplete();
        return subscriber.getBody().toCompletableFuture().join();
    }

    private record Info(int statusCode, HttpHeaders headers, Version version) implements HttpResponse.ResponseInfo {}

    private record Shown<T>(int statusCode, HttpRequest request, HttpHeaders headers, T body, URI uri, Version version)
            implements HttpResponse<T> {
        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public String toString() { // a record's own would print the body
            return "status " + statusCode;
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        throw new UnsupportedOperationException("the driver sends and waits");
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> push) {
        throw new UnsupportedOperationException("the driver sends and waits");
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
