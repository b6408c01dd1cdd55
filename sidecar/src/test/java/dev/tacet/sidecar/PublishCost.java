package dev.tacet.sidecar;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.SecretSettings.OutageContract;
import dev.tacet.sidecar.source.Fetch;
import dev.tacet.sidecar.source.Life;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.state.StateStore;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.volume.Volume;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a publish costs in processor time: the core's whole turn on a real volume, in which every secret has changed,
 * beside the mere writing and removing of as many files. {@code sidecar/publish-cost} starts it.
 */
final class PublishCost {
    private static final int WARM_UP = 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int secrets;
    private final int keys;
    private final int bytes;
    private final SimulatedWorld world = new SimulatedWorld(1);
    private final Random random = new Random(1);

    private interface Work {
        void run() throws IOException;
    }

    private PublishCost(int secrets, int keys, int bytes) {
        this.secrets = secrets;
        this.keys = keys;
        this.bytes = bytes;
        world.calmDown();
    }

    /** Measures once; the arguments are secrets, keys of each, bytes of each value, publishes. */
    public static void main(String[] arguments) throws IOException {
        int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        MemoryDirectory memory = new MemoryDirectory();
        try {
            new PublishCost(numbers[0], numbers[1], numbers[2]).measure(memory.create(), numbers[3]);
        } finally {
            memory.delete();
        }
    }

    private void measure(Path directory, int publishes) throws IOException {
        try (Volume volume = Volume.open(directory.resolve("volume"), false)) {
            SimulatedSidecar sidecar = sidecar(volume);
            Work publish = () -> {
                world.advanceTo(world.now().plus(Duration.ofMinutes(2)));
                sidecar.core().turn();
            };
            List<Long> plain = new ArrayList<>();
            List<Long> published = new ArrayList<>();
            for (int i = 0; i < WARM_UP + publishes; i++) {
                long files = cost(() -> writeAndRemove(directory));
                long whole = cost(publish);
                if (i == 0) {
                    System.out.printf("first publish: %.0f ms of CPU%n", whole / 1e6);
                }
                if (i >= WARM_UP) {
                    plain.add(files);
                    published.add(whole);
                }
            }
            String last = volume.published().orElseThrow().generation();
            if (!last.endsWith(String.format(".%09d", WARM_UP + publishes))) {
                throw new IllegalStateException("not every turn published: " + last);
            }
            System.out.printf(
                    "%d files of %d bytes, median of %d publishes: %.1f ms of CPU; writing and removing as many files: %.1f ms;"
                            + " ratio %.1f%n",
                    secrets * keys,
                    bytes,
                    publishes,
                    median(published) / 1e6,
                    median(plain) / 1e6,
                    (double) median(published) / median(plain));
        }
    }

    private static long cost(Work work) throws IOException {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return THREADS.getCurrentThreadCpuTime() - before;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private void writeAndRemove(Path directory) throws IOException {
        byte[] content = new byte[bytes];
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < secrets * keys; i++) {
            files.add(Files.write(directory.resolve("plain-" + i), content));
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private SimulatedSidecar sidecar(Volume volume) {
        List<SecretSettings> settings = new ArrayList<>();
        for (int i = 0; i < secrets; i++) {
            String name = "secret-" + i;
            settings.add(new SecretSettings(
                    name,
                    new Origin.Kv2("secret", name),
                    Duration.ofMinutes(1),
                    true,
                    Map.of(),
                    OutageContract.KEEP,
                    SecretSettings.Overlap.DEFAULT));
        }
        return SimulatedSidecar.of(
                SimulatedSidecar.config(Duration.ofMinutes(1), Duration.ZERO, settings),
                effects -> new Changing(),
                "orders-1",
                new SimulatedSidecar.Surroundings(
                        volume, Announcer.none(), StateStore.none(), line -> {}, random, world.clock));
    }

    /** Has other values at each reading. */
    private final class Changing implements SecretSource {
        private int version;

        @Override
        public Fetch fetch(Origin origin) {
            TreeMap<String, SecretValue> values = new TreeMap<>();
            for (int i = 0; i < keys; i++) {
                byte[] value = new byte[bytes];
                random.nextBytes(value);
                values.put("key-" + i, SecretValue.of(value));
            }
            return new Fetch.Found(new SecretData(Integer.toString(++version), values), new Life.Unbounded());
        }

        @Override
        public void close() {}
    }
}
