package dev.tacet.sidecar.notify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application once for each published set: a POST without a body, which 2xx answers. One that fails is made
 * again after a while with full jitter, so many times at most; a newer set takes the place of one that waits. Nothing is
 * read again for it, and the core never waits.
 */
public final class HttpNotifier implements AutoCloseable {
    private static final long BASE_MILLIS = 1_000;
    private static final long MOST_MILLIS = 30_000;

    private final URI url;
    private final Duration timeout;
    private final int attempts;
    private final RandomGenerator random;
    private final Outcomes outcomes;
    private final HttpClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private @Nullable String pending;
    private boolean closed;

    /** Hears how it went, on this notifier's thread. */
    public interface Outcomes {
        /**
         * The application was told of a set, or not.
         *
         * @param failure why it was given up, in words without a value; empty when it was answered
         */
        void told(String generation, Optional<String> failure);
    }

    public HttpNotifier(URI url, Duration timeout, int attempts, RandomGenerator random, Outcomes outcomes) {
        this.url = url;
        this.timeout = timeout;
        this.attempts = attempts;
        this.random = random;
        this.outcomes = outcomes;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /** Begins to listen. */
    public void start(ThreadFactory threads) {
        threads.newThread(this::run).start();
    }

    /** A set is published. Returns at once. */
    public void published(String generation) {
        lock.lock();
        try {
            pending = generation;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (Optional<String> next = take(); next.isPresent(); next = take()) {
                tell(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> take() throws InterruptedException {
        lock.lock();
        try {
            while (pending == null && !closed) {
                news.await();
            }
            Optional<String> taken = closed ? Optional.empty() : Optional.ofNullable(pending);
            pending = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void tell(String generation) throws InterruptedException {
        String failure = "";
        for (int attempt = 1; attempt <= attempts; attempt++) {
            failure = call();
            if (failure.isEmpty()) {
                outcomes.told(generation, Optional.empty());
                return;
            }
            long ceiling = Math.min(MOST_MILLIS, BASE_MILLIS << Math.min(attempt - 1, 6));
            if (attempt < attempts && isInterruptedByNews(random.nextLong(ceiling) + 1)) {
                return;
            }
        }
        outcomes.told(generation, Optional.of(failure));
    }

    /** Empty when it was answered well. */
    private String call() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? "" : "it answers with status " + status;
        } catch (IOException e) {
            return "no answer";
        }
    }

    /** Whether a newer set, or the end, came while it waited. */
    private boolean isInterruptedByNews(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = Duration.ofMillis(millis).toNanos();
            while (left > 0 && pending == null && !closed) {
                left = news.awaitNanos(left);
            }
            return pending != null || closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
