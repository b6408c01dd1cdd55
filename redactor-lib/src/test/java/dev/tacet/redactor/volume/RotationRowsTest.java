package dev.tacet.redactor.volume;

import static dev.tacet.redactor.volume.VolumeWatching.eventually;
import static dev.tacet.redactor.volume.VolumeWatching.masks;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.Redactor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows 58 and 62 of the leak vectors: what a watcher survives, and who waits for it. {@link SidecarVolumeTest} and {@link PlainDirectoryTest} hold
 * the rows 55 to 59 as far as files and sockets go, {@code HoldTest} row 59 for Logback, {@code HeapTest} row 61, and {@code StreamRowsTest} row 60.
 */
@Timeout(60)
final class RotationRowsTest {
    private static final String FIRST = "first-value-0815";
    private static final String SECOND = "second-value-4711";

    @TempDir
    private Path directory;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private SecretVolumeWatcher watcher;

    @AfterEach
    void stop() {
        watcher.close();
    }

    private SecretVolumeWatcher.Builder settings() {
        return SecretVolumeWatcher.of(List.of(directory))
                .rescan(Duration.ofMillis(20))
                .listener(warnings::add);
    }

    /** Throws whatever it is told to throw, once, instead of telling the time or of a change. */
    private static final class Fault implements Changes {
        private final AtomicBoolean due = new AtomicBoolean();
        private final Error error;

        Fault(Error error) {
            this.error = error;
        }

        Instant now() {
            throwIfDue();
            return Instant.EPOCH;
        }

        @Override
        public void await(Set<Path> directories, Duration atMost) throws InterruptedException {
            Thread.sleep(atMost.toMillis());
            throwIfDue();
        }

        @Override
        public void close() {}

        private void throwIfDue() {
            if (due.getAndSet(false)) {
                throw error;
            }
        }
    }

    @Test
    void row58_anErrorWhileReadingEndsNoThreadAndIsTold() throws Exception {
        Files.writeString(directory.resolve("token"), FIRST);
        Fault clock = new Fault(new StackOverflowError());
        watcher = settings().clock(VolumeWatching.clock(clock::now)).build();
        watcher.start();
        clock.due.set(true);
        eventually(() -> warnings.stream().anyMatch(text -> text.contains("StackOverflowError")));
        assertThat(masks(watcher.get(), FIRST)).isTrue();
        Files.writeString(directory.resolve("token"), SECOND);
        eventually(() -> masks(watcher.get(), SECOND));
    }

    @Test
    void row58_anErrorWhileWaitingEndsNoThreadAndIsTold() throws Exception {
        Files.writeString(directory.resolve("token"), FIRST);
        Fault changes = new Fault(new InternalError());
        watcher = new SecretVolumeWatcher(settings(), changes);
        watcher.start();
        changes.due.set(true);
        eventually(() -> warnings.stream().anyMatch(text -> text.contains("InternalError")));
        Files.writeString(directory.resolve("token"), SECOND);
        eventually(() -> masks(watcher.get(), SECOND));
    }

    @Test
    void row62_readersSeeOneWholeSetOrTheNextAndWaitForNobody() throws Exception {
        for (int i = 0; i < 20; i++) {
            Files.writeString(directory.resolve("key" + i), value(i, 0));
        }
        watcher = settings().retain(Duration.ZERO).build();
        watcher.start();
        AtomicInteger swaps = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> readers = new ArrayList<>();
        List<Throwable> broken = new CopyOnWriteArrayList<>();
        for (int r = 0; r < 4; r++) {
            Thread reader = new Thread(() -> read(swaps, done));
            reader.setUncaughtExceptionHandler((thread, error) -> broken.add(error));
            readers.add(reader);
            reader.start();
        }
        for (int round = 1; round <= 20; round++) {
            Files.writeString(directory.resolve("key" + (round % 20)), value(round % 20, round));
            int now = round;
            eventually(() -> masks(watcher.get(), value(now % 20, now)));
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(broken).isEmpty();
        assertThat(swaps.get()).isPositive();
    }

    private static String value(int key, int round) {
        return "value-" + key + "-of-" + round + "-xyzzy";
    }

    /** A redactor that was asked for once gives the same answer for ever, whatever is swapped meanwhile. */
    private void read(AtomicInteger swaps, AtomicBoolean done) {
        byte[] line = ("a " + value(19, 0) + " b " + value(7, 7) + " c").getBytes(UTF_8);
        Redactor before = watcher.get();
        byte[] expected = before.redact(line);
        while (!done.get()) {
            assertThat(before.redact(line)).isEqualTo(expected);
            Redactor now = watcher.get();
            if (now != before) {
                swaps.incrementAndGet();
                before = now;
                expected = now.redact(line);
            }
        }
    }

    @Test
    void row62_whoLogsDoesNotWaitForWhoReads() throws Exception {
        Files.writeString(directory.resolve("token"), FIRST);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        Clock clock = VolumeWatching.clock(() -> {
            if (slow.get()) {
                reading.countDown();
                awaitUninterruptibly(go);
            }
            return Instant.EPOCH;
        });
        watcher = settings().clock(clock).build();
        watcher.start();
        slow.set(true);
        reading.await();
        // The thread that reads holds the watcher's lock now, and goes on only after this.
        assertThat(masks(watcher.get(), FIRST)).isTrue();
        assertThat(watcher.complete()).isTrue();
        slow.set(false);
        go.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
