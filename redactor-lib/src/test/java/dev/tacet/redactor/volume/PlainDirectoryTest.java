package dev.tacet.redactor.volume;

import static dev.tacet.redactor.volume.VolumeWatching.eventually;
import static dev.tacet.redactor.volume.VolumeWatching.masks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainDirectoryTest {
    private static final String FIRST = "first-value-0815";
    private static final String SECOND = "second-value-4711";

    @TempDir
    Path directory;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-23T20:04:05Z");
    private SecretVolumeWatcher watcher;

    private final Clock clock = VolumeWatching.clock(() -> now);

    @AfterEach
    void stop() {
        if (watcher != null) {
            watcher.close();
        }
    }

    private void watch(Duration rescan) {
        watcher = SecretVolumeWatcher.of(List.of(directory.resolve("secrets")))
                .clock(clock)
                .rescan(rescan)
                .listener(warnings::add)
                .build();
        watcher.start();
    }

    private Path secrets() throws IOException {
        return Files.createDirectories(directory.resolve("secrets"));
    }

    @Test
    void masksByRelativePathWithoutTheLastLineBreak() throws IOException {
        Files.createDirectory(secrets().resolve("db"));
        Files.writeString(secrets().resolve("db/password"), FIRST + "\n");
        watch(Duration.ofHours(1));
        assertThat(watcher.get().redact("<" + FIRST + "\n>")).isEqualTo("<[REDACTED:db/password]\n>");
        assertThat(warnings).isEmpty();
    }

    @Test
    void row57_followsTheSwapOfAKubernetesSecret() throws IOException, InterruptedException {
        SampleVolume mount = new SampleVolume(secrets());
        mount.publish("password", FIRST);
        watch(Duration.ofHours(1));
        assertThat(watcher.get().redact(FIRST)).isEqualTo("[REDACTED:password]");
        mount.publish("password", SECOND);
        eventually(() -> masks(watcher.get(), SECOND));
        assertThat(masks(watcher.get(), FIRST)).isTrue();
        assertThat(warnings).isEmpty();
    }

    @Test
    void row57_followsAFileWrittenAnew() throws IOException, InterruptedException {
        Files.writeString(secrets().resolve("token"), FIRST);
        watch(Duration.ofHours(1));
        Files.writeString(secrets().resolve("token"), SECOND, StandardOpenOption.TRUNCATE_EXISTING);
        eventually(() -> masks(watcher.get(), SECOND));
        assertThat(masks(watcher.get(), FIRST)).isTrue();
    }

    @Test
    void row56_forgetsAnOldValueAfterItsHour() throws IOException, InterruptedException {
        Files.writeString(secrets().resolve("token"), FIRST);
        watch(Duration.ofMillis(20));
        Files.writeString(secrets().resolve("token"), SECOND);
        eventually(() -> masks(watcher.get(), SECOND));
        now = now.plus(Duration.ofMinutes(59));
        Redactor before = watcher.get();
        assertThat(masks(before, FIRST)).isTrue();
        now = now.plus(Duration.ofMinutes(2));
        eventually(() -> !masks(watcher.get(), FIRST));
        assertThat(masks(watcher.get(), SECOND)).isTrue();
    }

    @Test
    void row57_keepsWhatItKnowsWhenEverythingIsGone() throws IOException, InterruptedException {
        Files.writeString(secrets().resolve("token"), FIRST);
        watch(Duration.ofMillis(20));
        Files.delete(secrets().resolve("token"));
        Files.delete(directory.resolve("secrets"));
        eventually(() -> warnings.stream().anyMatch(text -> text.contains("gone")));
        assertThat(masks(watcher.get(), FIRST)).isTrue();
    }

    @Test
    void row59_seesAVolumeThatComesLater() throws IOException, InterruptedException {
        watch(Duration.ofHours(1));
        assertThat(masks(watcher.get(), FIRST)).isFalse();
        assertThat(warnings).singleElement().asString().contains("not there yet");
        Path made = Files.createDirectory(directory.resolve("made"));
        Files.writeString(made.resolve("token"), FIRST);
        Files.move(made, directory.resolve("secrets"));
        eventually(() -> masks(watcher.get(), FIRST));
    }

    @Test
    void makesNoNewRedactorWhenNothingChanged() throws IOException, InterruptedException {
        Files.writeString(secrets().resolve("token"), FIRST);
        watch(Duration.ofMillis(5));
        Redactor before = watcher.get();
        // The same value, written again with a line break; then something that shows that a reading has followed.
        Files.writeString(secrets().resolve("token"), FIRST + "\n");
        Files.createSymbolicLink(secrets().resolve("dangling"), Path.of("nowhere"));
        eventually(() -> !warnings.isEmpty());
        assertThat(watcher.get()).isSameAs(before);
        Files.writeString(secrets().resolve("other"), SECOND);
        eventually(() -> masks(watcher.get(), SECOND));
        assertThat(watcher.get()).isNotSameAs(before);
    }

    @Test
    void readsOnlyWhatIsInsideAndRegular() throws IOException, InterruptedException {
        Path outside = directory.resolve("outside");
        Files.createDirectory(outside);
        Files.writeString(outside.resolve("file"), "outside-value-1");
        Files.createSymbolicLink(secrets().resolve("link-out"), outside.resolve("file"));
        Files.createSymbolicLink(secrets().resolve("dir-out"), outside);
        Files.createSymbolicLink(secrets().resolve("loop"), secrets());
        Files.createSymbolicLink(secrets().resolve("dangling"), Path.of("nowhere"));
        Files.writeString(secrets().resolve("..hidden"), "hidden-value-1");
        Files.write(secrets().resolve("large"), new byte[(1 << 20) + 1]);
        Files.writeString(secrets().resolve("pin"), "1234");
        Files.writeString(secrets().resolve("token"), FIRST);
        assertThat(new ProcessBuilder("mkfifo", secrets().resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        watch(Duration.ofHours(1));
        assertThat(masks(watcher.get(), FIRST)).isTrue();
        for (String value : List.of("outside-value-1", "hidden-value-1")) {
            assertThat(masks(watcher.get(), value)).isFalse();
        }
        assertThat(warnings)
                .anyMatch(text -> text.contains("link-out is a link out of it"))
                .anyMatch(text -> text.contains("dir-out is a link out of it"))
                .anyMatch(text -> text.contains("dangling cannot be read"))
                .anyMatch(text -> text.contains("large has more than 1048576 bytes"))
                .anyMatch(text -> text.contains("pipe is no regular file"))
                .anyMatch(text -> text.contains("pin is too short or too common to be looked for"))
                .hasSize(6);
        assertThat(warnings.toString().contains("1234")).isFalse();
    }

    @Test
    void readsNoDeeperThanItSays() throws IOException {
        Path deep = secrets();
        for (int i = 0; i < 9; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        Files.writeString(deep.resolve("token"), FIRST);
        watch(Duration.ofHours(1));
        assertThat(masks(watcher.get(), FIRST)).isFalse();
        assertThat(warnings).singleElement().asString().contains("more than 8 levels down");
    }

    @Test
    void leavesNoTraceInTheVolume() throws IOException {
        Files.writeString(secrets().resolve("token"), FIRST);
        watch(Duration.ofHours(1));
        try (Stream<Path> files = Files.list(secrets())) {
            assertThat(files).hasSize(1).allMatch(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
        }
    }
}
