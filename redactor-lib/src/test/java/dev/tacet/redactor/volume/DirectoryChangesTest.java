package dev.tacet.redactor.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each wait may last an hour and must not. */
@Timeout(20)
final class DirectoryChangesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private Path watched;

    @BeforeEach
    void make() throws IOException {
        watched = Files.createDirectory(directory.resolve("watched"));
    }

    @Test
    void watchesTheDirectoryThatCameByTheSameName() throws IOException, InterruptedException {
        try (DirectoryChanges changes = new DirectoryChanges()) {
            changes.await(Set.of(watched), HOUR);
            Files.move(watched, directory.resolve("moved"));
            Files.createDirectory(watched);
            changes.await(Set.of(watched), HOUR);
            Files.createFile(watched.resolve("file"));
            changes.await(Set.of(watched), HOUR);
            assertThat(watched).isNotEmptyDirectory();
        }
    }

    @Test
    void returnsWhenTheDirectoryToWatchIsGoneAlready() throws IOException, InterruptedException {
        try (DirectoryChanges changes = new DirectoryChanges()) {
            changes.await(Set.of(directory), HOUR);
            Files.delete(watched);
            changes.await(Set.of(watched), HOUR);
            changes.await(Set.of(directory), HOUR);
            assertThat(watched).doesNotExist();
        }
    }
}
