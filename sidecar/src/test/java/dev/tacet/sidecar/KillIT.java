package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.AgeStore;
import dev.tacet.sidecar.testing.Distribution;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sidecar, started by its script, is killed again and again while it publishes, and readers never see anything but one
 * whole set.
 *
 * <p>The store's version v sets key v modulo {@link #KEYS} to {@code value-v}, so the version that a generation claims
 * says what each of its files must hold.
 */
final class KillIT {
    private static final int KILLS = Boolean.getBoolean("tacet.nightly") ? 2_000 : 200;
    private static final int KEYS = 20;
    private static final int READERS = 4;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @TempDir
    Path home;

    private final MemoryDirectory memory = new MemoryDirectory();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<Throwable> violations = new ConcurrentLinkedQueue<>();
    private final AtomicLong wholeSets = new AtomicLong();

    private interface Work {
        void run() throws Exception;
    }

    @AfterEach
    void clean() throws IOException {
        over.set(true);
        memory.delete();
    }

    @Test
    void readersSeeOnlyWholeSetsWhileTheWriterIsKilledTwoHundredTimes_rows13_14_16() throws Exception {
        Path volume = memory.create().resolve("volume");
        AgeStore store = new AgeStore(directory.resolve("store.age"), directory.resolve("identity.txt"));
        store.init(new SecureRandom());
        for (int version = 1; version <= KEYS; version++) {
            put(store, version);
        }
        Path config = Files.writeString(
                directory.resolve("tacet.yaml"),
                "volume: {path: " + volume + ", quiescence: 0}\n"
                        + "age: {file: store.age, identity-file: identity.txt}\n"
                        + "secrets: {set: {path: set}}\n"
                        + "files: {set.properties: {entries: {first: set/k0, last: set/k19}}}\n");

        Distribution distribution = Distribution.in(home).withArchive();
        List<Thread> threads = new ArrayList<>();
        threads.add(begin("writer", () -> keepWriting(store)));
        int killedMidway = 0;
        Random random = new Random(20_261_124);
        long published = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            try (SidecarProcess sidecar = SidecarProcess.run(distribution, config)) {
                long before = published;
                Wait.until("the sidecar publishes again after kill " + (kill - 1), SOON, () -> {
                    assertThat(sidecar.isAlive()).as(sidecar::log).isTrue();
                    return version(volume) > before;
                });
                if (kill == 1) {
                    for (int i = 0; i < READERS; i++) {
                        threads.add(begin("reader", () -> keepReading(volume)));
                    }
                }
                if (kill % 2 == 0) {
                    awaitPublishUnderWay(volume);
                }
                LockSupport.parkNanos(random.nextInt(kill % 2 == 0 ? 4_000_000 : 40_000_000));
                sidecar.kill();
            }
            published = version(volume);
            killedMidway += leftSomethingBehind(volume) ? 1 : 0;
            assertThat(violations).isEmpty();
        }
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf(
                "killed %d times, %d of them with a publish under way; %d whole sets read; %d versions%n",
                KILLS, killedMidway, wholeSets.get(), published);
        assertThat(violations).isEmpty();
        assertThat(wholeSets.get()).isGreaterThan(KILLS);
        assertThat(killedMidway).as("kills that hit a publish").isGreaterThan(0);
    }

    private Thread begin(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception | AssertionError e) {
                        violations.add(e);
                    }
                },
                name);
        thread.start();
        return thread;
    }

    private void keepWriting(AgeStore store) throws Exception {
        for (int version = KEYS + 1; !over.get(); version++) {
            put(store, version);
            LockSupport.parkNanos(25_000_000);
        }
    }

    private static void put(AgeStore store, int version) throws Exception {
        store.put("set", "k" + version % KEYS, SecretValue.ofUtf8("value-" + version));
    }

    private void keepReading(Path volume) throws IOException {
        while (!over.get()) {
            Path generation = volume.resolve(Files.readSymbolicLink(volume.resolve("..data")));
            try {
                long version = claimedVersion(generation);
                for (int key = 0; key < KEYS; key++) {
                    assertThat(Files.readString(generation.resolve("set/k" + key)))
                            .isEqualTo(expected(key, version));
                }
                assertThat(Files.readString(generation.resolve("set.properties")))
                        .isEqualTo("first=" + expected(0, version) + "\nlast=" + expected(19, version) + "\n");
                wholeSets.incrementAndGet();
                LockSupport.parkNanos(8_000_000); // four of them would leave the writer no processor
            } catch (NoSuchFileException e) {
                // A restart sweeps what is not published, and a slow reader starts again. What is published is whole.
                if (generation.endsWith(Files.readSymbolicLink(volume.resolve("..data")))) {
                    throw e;
                }
            }
        }
    }

    private static String expected(int key, long version) {
        return "value-" + (version - Math.floorMod(version - key, KEYS));
    }

    private static long version(Path volume) {
        try {
            return claimedVersion(volume.resolve("..data").toRealPath());
        } catch (IOException e) {
            return 0;
        }
    }

    private static long claimedVersion(Path generation) throws IOException {
        return Long.parseLong(JSON.readTree(Files.readAllBytes(generation.resolve("..tacet.json")))
                .at("/secrets/set/version")
                .asText());
    }

    /** Whether there is something that only a publish under way has: a temporary name, or a generation to come. */
    private static boolean leftSomethingBehind(Path volume) throws IOException {
        String published = Files.readSymbolicLink(volume.resolve("..data")).toString();
        try (Stream<Path> entries = Files.list(volume)) {
            boolean generationToCome = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("\\.\\.\\d{4}_.*"))
                    .anyMatch(name -> count(name) > count(published));
            return generationToCome
                    || Files.exists(volume.resolve("..data_tmp"), LinkOption.NOFOLLOW_LINKS)
                    || Files.exists(volume.resolve("..tacet/needles.json.tmp"));
        }
    }

    /** Returns soon after a publish has begun to write; the kill that follows lands in it or right behind. */
    private static void awaitPublishUnderWay(Path volume) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!isPublishUnderWay(volume)) {
            assertThat(System.nanoTime()).as("the sidecar publishes nothing").isLessThan(end);
        }
    }

    private static boolean isPublishUnderWay(Path volume) {
        try {
            return leftSomethingBehind(volume);
        } catch (IOException | UncheckedIOException e) {
            // The volume changes while it is looked at.
            return false;
        }
    }

    private static long count(String generation) {
        return Long.parseLong(generation.substring(generation.lastIndexOf('.') + 1));
    }
}
