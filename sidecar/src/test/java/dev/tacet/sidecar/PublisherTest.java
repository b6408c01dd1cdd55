package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.VolumeSettings;
import dev.tacet.sidecar.health.Meters;
import dev.tacet.sidecar.render.OutputSettings;
import dev.tacet.sidecar.render.RenderedFile;
import dev.tacet.sidecar.render.Renderer;
import dev.tacet.sidecar.rotation.Backoff;
import dev.tacet.sidecar.rotation.LeasePlan;
import dev.tacet.sidecar.rotation.PollSchedule;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Fetch;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.state.StateStore;
import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.Requires;
import dev.tacet.sidecar.volume.Manifest;
import dev.tacet.sidecar.volume.Needles;
import dev.tacet.sidecar.volume.Volume;
import dev.tacet.sidecar.volume.VolumeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a failed step, an interrupt, a restart or a changed configuration leaves of a publish. */
final class PublisherTest {
    private static final Duration RETAIN = Duration.ofSeconds(10);

    private final MemoryDirectory memory = new MemoryDirectory();
    private final Shelf shelf = new Shelf();
    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T20:04:05Z");
    private Map<String, Set<String>> wanted = Map.of();
    private Runnable whileAnnouncing = () -> {};
    private Path root;
    private Volume volume;
    private Renderer renderer;
    private Publisher publisher;
    private TrackedSecret secret;

    /** A source that has what the test puts there. */
    private static final class Shelf implements SecretSource {
        private Fetch answer = away();

        static Fetch away() {
            return new Fetch.Failed(new Failure(Failure.Kind.OUTAGE, "away", "wait"));
        }

        void put(String version, Map<String, String> values) {
            TreeMap<String, SecretValue> data = new TreeMap<>();
            values.forEach((key, value) -> data.put(key, SecretValue.ofUtf8(value)));
            answer = new Fetch.Found(new SecretData(version, data));
        }

        @Override
        public Fetch fetch(Origin origin) {
            return answer;
        }

        @Override
        public void close() {}
    }

    private final Announcer announcer = new Announcer() {
        @Override
        public void announce(String generation) {
            whileAnnouncing.run();
        }

        @Override
        public void published(Manifest manifest) {
            told.add(manifest.generation());
        }
    };

    @BeforeEach
    void open() throws IOException {
        root = memory.create().resolve("volume");
        start("same");
    }

    @AfterEach
    void close() throws IOException {
        volume.close();
        memory.delete();
    }

    @Test
    void retainsAValueFromItsReplacementOnWhenAnEarlierAttemptFailed() throws IOException {
        publish("1", Map.of("password", "first"));
        Path block = Files.createDirectories(root.resolve("..data_tmp/block"));
        assertThatThrownBy(() -> publish("2", Map.of("password", "second"))).isInstanceOf(VolumeException.class);
        now = now.plus(RETAIN).plusSeconds(1);
        Files.delete(block);
        Files.delete(root.resolve("..data_tmp"));
        publish("2", Map.of("password", "second"));
        publisher.tidy();
        assertThat(masks("first"))
                .as("the value that was in force a moment ago")
                .isTrue();
        now = now.plus(RETAIN);
        publisher.tidy();
        assertThat(masks("first")).as("after its time").isFalse();
        assertThat(masks("second")).isTrue();
    }

    @Test
    void forgetsWhatIsDueThoughAnOlderOneMustStay() {
        // Made anew under the same number: the old value stays while that version is published, and must not hide the
        // end of another.
        publish("1", Map.of("password", "first"));
        publish("1", Map.of("password", "second"));
        now = now.plusSeconds(5);
        publish("2", Map.of("password", "other"));
        publish("1", Map.of("password", "second"));
        now = now.plusSeconds(5);
        assertThat(publisher.tidy()).isEqualTo(now.plusSeconds(5));
        now = now.plusSeconds(5);
        publisher.tidy();
        assertThat(masks("other")).isFalse();
        assertThat(masks("second")).isTrue();
    }

    @Test
    void leavesNothingOfAGenerationThatCouldNotBeCommitted() throws IOException {
        publish("1", Map.of("password", "first"));
        Files.createDirectories(root.resolve("..data_tmp/block"));
        for (int attempt = 0; attempt < 3; attempt++) {
            now = now.plusSeconds(5);
            assertThatThrownBy(() -> publish("2", Map.of("password", "second"))).isInstanceOf(VolumeException.class);
        }
        try (Stream<Path> entries = Files.list(root)) {
            assertThat(entries.filter(entry -> entry.getFileName().toString().startsWith("..2026")))
                    .hasSize(1);
        }
        assertThat(root.resolve("db/password")).hasContent("first");
        assertThat(masks("first")).isTrue();
        assertThat(masks("second")).as("it was announced").isTrue();
    }

    @Test
    void makesUpForLinksThatCouldNotBeMade() throws IOException {
        Requires.that("root".equals(System.getProperty("user.name")), "only root mounts a tmpfs of its own");
        volume.close();
        Path small = memory.create();
        Command.output("mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=40", "tmpfs", small.toString());
        try {
            root = small;
            start("same");
            // Leaves one inode for the link ..data itself: generation, db, password and manifest are four more.
            whileAnnouncing = () -> fillInodes(small, 5);
            assertThatThrownBy(() -> publish("1", Map.of("password", "first"))).isInstanceOf(VolumeException.class);
            assertThat(root.resolve("..data/db/password")).hasContent("first");
            assertThat(root.resolve("db")).doesNotExist();
            Command.output("mount", "-o", "remount,nr_inodes=80", small.toString());
            publisher.publish(List.of(secret));
            assertThat(root.resolve("db/password")).hasContent("first");
            assertThat(told).hasSize(1);
            publisher.publish(List.of(secret));
            assertThat(told).as("told once").hasSize(1);
        } finally {
            volume.close();
            Command.output("umount", small.toString());
        }
    }

    @Test
    void doesNotSwapWhenTheEndComesBeforeTheRedactorsAnswers() {
        publish("1", Map.of("password", "first"));
        whileAnnouncing = () -> Thread.currentThread().interrupt();
        publish("2", Map.of("password", "second"));
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
        assertThat(root.resolve("db/password")).hasContent("first");
        assertThat(masks("first")).isTrue();
    }

    @Test
    void takesNoInterruptForAFailureOfTheVolume() {
        Thread.currentThread().interrupt();
        volume.writeNeedles(volume.needles());
        volume.close();
        start("same");
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
    }

    @Test
    void recallsWhatReadersHave() {
        publish("1", Map.of("password", "first"));
        // Made anew under the same number: needles of both are there.
        publish("1", Map.of("passphrase", "second"));
        restart("same");
        assertThat(secret.data().orElseThrow().values().keySet()).containsExactly("passphrase");
        secret.refresh();
        assertThat(publisher.publish(List.of(secret))).as("nothing changed").isFalse();
    }

    @Test
    void publishesNothingUnfitWhenTheConfigurationChangedWhileTheVaultIsAway() {
        publish("1", Map.of("password", "first", "username", "shop"));
        shelf.answer = Shelf.away();
        wanted = Map.of("db", Set.of("password"));
        restart("one key less");
        secret.refresh();
        assertThat(secret.isReady()).isTrue();
        publisher.publish(List.of(secret));
        assertThat(root.resolve("db/password")).hasContent("first");
        assertThat(root.resolve("db/username")).doesNotExist();

        wanted = Map.of("db", Set.of("password", "keystore"));
        restart("one key more");
        secret.refresh();
        assertThat(secret.isReady()).as("the new key is not known").isFalse();
    }

    @Test
    void writesTheNeedlesAgainWhereSomebodyRemovedThem() throws IOException {
        publish("1", Map.of("password", "first"));
        Files.delete(root.resolve("..tacet/needles.json"));
        restart("same");
        secret.refresh();
        assertThat(publisher.publish(List.of(secret))).isFalse();
        assertThat(masks("first")).isTrue();
        Files.delete(root.resolve("..tacet/needles.json"));
        publish("2", Map.of("password", "second"));
        assertThat(masks("first")).as("it was in force until now").isTrue();
    }

    @Test
    void removesTheLinkOfAKilledCommit() throws IOException {
        publish("1", Map.of("password", "first"));
        Files.createSymbolicLink(root.resolve("..data_tmp"), Path.of("..gone"));
        restart("same");
        assertThat(Files.exists(root.resolve("..data_tmp"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    private void publish(String version, Map<String, String> values) {
        shelf.put(version, values);
        secret.refresh();
        publisher.publish(List.of(secret));
    }

    private boolean masks(String value) {
        return volume.needles().entries().stream()
                .map(Needles.Entry::needle)
                .map(Needle::value)
                .anyMatch(SecretValue.ofUtf8(value)::equals);
    }

    private void restart(String outputs) {
        volume.close();
        start(outputs);
    }

    private void start(String outputs) {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        volume = Volume.open(root, false);
        renderer =
                Renderer.of(new OutputSettings(Set.of("db"), wanted, Set.of(), List.of(), RenderedFile.DEFAULT_MODE));
        VolumeSettings settings =
                new VolumeSettings(root, false, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, RETAIN, Set.of());
        publisher = new Publisher(volume, settings, renderer, outputs, announcer, new OwnSecrets(), clock);
        Random random = new Random(1);
        Duration poll = Duration.ofSeconds(1);
        Audit audit = new Audit(new Meters(), line -> {});
        Timing timing = new Timing(
                new PollSchedule(poll, Duration.ZERO, random),
                new LeasePlan(random),
                new Backoff(random),
                Duration.ZERO,
                false,
                random);
        OwnSecrets ownSecrets = new OwnSecrets();
        secret = new TrackedSecret(
                new SecretSettings(
                        "db",
                        new Origin.Stored("db"),
                        poll,
                        true,
                        Map.of("password", new SecretSettings.Key(false, Sensitivity.AUTO)),
                        SecretSettings.OutageContract.KEEP,
                        SecretSettings.Overlap.DEFAULT),
                shelf,
                timing,
                renderer,
                ownSecrets,
                new Effects(StateStore.none(), audit, ownSecrets, clock),
                clock.instant(),
                clock);
        publisher.recall(List.of(secret));
    }

    private static void fillInodes(Path directory, int left) {
        try {
            List<Path> made = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    made.add(Files.createFile(directory.resolve("foreign" + i)));
                }
            } catch (IOException full) {
                for (int i = 0; i < left; i++) {
                    Files.delete(made.get(i));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
