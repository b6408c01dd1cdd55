package dev.tacet.sidecar.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import dev.tacet.sidecar.render.RenderedFile;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T20:04:05Z");

    private final MemoryDirectory memory = new MemoryDirectory();
    private Path root;
    private Volume volume;

    @BeforeEach
    void open() throws IOException {
        root = memory.create().resolve("volume");
        volume = Volume.open(root, false);
    }

    @AfterEach
    void close() throws IOException {
        volume.close();
        memory.delete();
    }

    @Test
    void hasTheKubeletsLayout_row16() throws IOException {
        String generation = publish(Map.of("db/password", "one", "application.properties", "two"));
        assertThat(generation).isEqualTo("2026_11_23_20_04_05.000000001");
        assertThat(Files.readSymbolicLink(root.resolve("..data"))).hasToString(".." + generation);
        assertThat(Files.readSymbolicLink(root.resolve("db"))).hasToString("..data/db");
        assertThat(root.resolve("db/password")).hasContent("one");
        assertThat(root.resolve("application.properties")).hasContent("two");
        assertThat(names(root))
                .containsExactlyInAnyOrder("..data", ".." + generation, "..tacet", "application.properties", "db");
    }

    @Test
    void givesModesAtCreationAndKeepsTheSetgidBit_row19() throws IOException {
        publish(Map.of("db/password", "one"));
        volume.writeNeedles(Needles.NONE);
        assertThat(OwnFiles.mode(root)).isEqualTo(02750);
        assertThat(OwnFiles.mode(root.resolve("..data/db").toRealPath())).isEqualTo(02750);
        assertThat(OwnFiles.mode(root.resolve("..data/db/password").toRealPath()))
                .isEqualTo(0440);
        assertThat(OwnFiles.mode(root.resolve("..tacet/needles.json"))).isEqualTo(0440);
        assertThat(OwnFiles.mode(root.resolve("..tacet/lock"))).isEqualTo(0600);
    }

    @Test
    void makesLinksForNewNamesAndRemovesThoseWithoutTarget_row15() throws IOException {
        publish(Map.of("db/password", "one", "old/key", "1"));
        publish(Map.of("db/password", "two", "fresh/key", "2"));
        assertThat(names(root)).contains("db", "fresh").doesNotContain("old");
        assertThat(root.resolve("db/password")).hasContent("two");
    }

    @Test
    void leavesAForeignFileThatIsInTheWay_row12() throws IOException {
        Files.writeString(root.resolve("db"), "foreign");
        Files.createSymbolicLink(root.resolve("tls"), Path.of("/etc"));
        volume.write(manifest(), files(Map.of("db/password", "one", "tls/key", "two")));
        volume.commit(manifest().generation());
        assertThat(volume.link(Set.of("db/password", "tls/key"))).containsExactly("db", "tls");
        assertThat(root.resolve("db")).hasContent("foreign");
        assertThat(Files.readSymbolicLink(root.resolve("tls"))).hasToString("/etc");
        assertThat(root.resolve("..data/db/password")).hasContent("one");
        volume.wipe();
        assertThat(names(root)).containsExactlyInAnyOrder("db", "tls");
    }

    @Test
    void keepsOneOldGenerationForAWhile_row17() throws IOException {
        publish(Map.of("db/password", "one"));
        publish(Map.of("db/password", "two"));
        publish(Map.of("db/password", "three"));
        Instant due =
                volume.sweep(1, Duration.ofSeconds(30), NOW.plusSeconds(1)).orElseThrow();
        assertThat(due).isEqualTo(NOW.plusSeconds(30));
        assertThat(generations()).hasSize(2);
        assertThat(volume.sweep(1, Duration.ofSeconds(30), due)).isEmpty();
        assertThat(generations()).hasSize(1);
        assertThat(root.resolve("db/password")).hasContent("three");
    }

    @Test
    void lettingGoOfAGenerationDoesNotChangeWhatAnOpenReaderReads() throws IOException {
        publish(Map.of("db/password", "one"));
        try (var reader = Files.newInputStream(root.resolve("db/password"))) {
            publish(Map.of("db/password", "two"));
            volume.sweep(0, Duration.ZERO, NOW);
            assertThat(reader.readAllBytes()).asString().isEqualTo("one");
        }
    }

    @Test
    void repairsWhatAKilledWriterLeft_rows13_14() throws IOException {
        publish(Map.of("db/password", "one"));
        String published = Files.readSymbolicLink(root.resolve("..data")).toString();
        // between writing and the swap; in the swap; after the swap, before the links; in replacing the needles
        Files.createDirectories(root.resolve("..2026_11_23_20_04_06.000000002/db"));
        Files.createSymbolicLink(root.resolve("..data_tmp"), Path.of("..2026_11_23_20_04_06.000000002"));
        Files.delete(root.resolve("db"));
        Files.writeString(root.resolve("..tacet/needles.json.tmp"), "{");
        volume.close();

        volume = Volume.open(root, false);
        assertThat(generations()).containsExactly(published);
        assertThat(root.resolve("db/password")).hasContent("one");
        publish(Map.of("db/password", "two"));
        volume.writeNeedles(Needles.NONE);
        assertThat(root.resolve("db/password")).hasContent("two");
        assertThat(names(root)).doesNotContain("..data_tmp");
    }

    @Test
    void removesAGenerationThatCouldNotBeWrittenWhole() throws IOException {
        publish(Map.of("db/password", "one"));
        SortedMap<String, RenderedFile> files = files(Map.of("db/password", "two"));
        files.put("db/password/below", new RenderedFile(SecretValue.ofUtf8("a file cannot be a directory"), 0440));
        assertThatThrownBy(() -> volume.write(manifest(), files)).isInstanceOf(VolumeException.class);
        assertThat(generations()).hasSize(1);
        assertThat(root.resolve("db/password")).hasContent("one");
    }

    @Test
    void refusesASecondWriter_row48() {
        assertThatThrownBy(() -> Volume.open(root, false))
                .isInstanceOf(VolumeException.class)
                .hasMessageContaining("held by another sidecar");
    }

    @Test
    void refusesADiskUnlessToldOtherwise_row11(@TempDir Path disk) throws IOException {
        Requires.that(
                !Files.getFileStore(disk).type().equals("tmpfs"),
                "the temporary directory is in memory, not on a disk");
        assertThatThrownBy(() -> Volume.open(disk, false))
                .isInstanceOf(VolumeException.class)
                .hasMessageContaining("not in memory");
        assertThat(names(disk)).isEmpty();
        try (Volume allowed = Volume.open(disk, true)) {
            assertThat(allowed.warning()).get().asString().contains("on a disk");
        }
    }

    @Test
    void refusesWhatIsNotItsOwn() throws IOException {
        Path planted = memory.create().resolve("volume");
        Path elsewhere = memory.create();
        Files.createDirectory(planted);
        Files.createSymbolicLink(planted.resolve("..tacet"), elsewhere);
        assertThatThrownBy(() -> Volume.open(planted, false)).hasMessageContaining("not a directory of this user");
        assertThat(names(elsewhere)).isEmpty();

        Files.delete(planted.resolve("..tacet"));
        Files.createDirectory(planted.resolve("..data"));
        assertThatThrownBy(() -> Volume.open(planted, false)).hasMessageContaining("not a link");
        Path file = Files.createFile(elsewhere.resolve("file"));
        assertThatThrownBy(() -> Volume.open(file, false)).hasMessageContaining("is not a directory");
    }

    @Test
    void wipesEverythingOfItsOwn() throws IOException {
        publish(Map.of("db/password", "one"));
        publish(Map.of("db/password", "two"));
        volume.writeNeedles(Needles.NONE);
        volume.wipe();
        assertThat(names(root)).isEmpty();
    }

    @Test
    void remembersNeedlesAndPublishedVersions() throws IOException {
        Needle needle = needle("db/password", "1", "one");
        Needles needles = Needles.NONE.with(Set.of(needle), NOW, Duration.ofHours(1));
        volume.writeNeedles(needles);
        publish(Map.of("db/password", "one"));
        volume.close();
        volume = Volume.open(root, false);
        assertThat(volume.needles()).isEqualTo(needles);
        assertThat(volume.published()).get().isEqualTo(manifestOf("2026_11_23_20_04_05.000000001"));
        assertThat(volume.publishedFile("db/password")).contains(SecretValue.ofUtf8("one"));
    }

    @Test
    void refusesNeedlesItDoesNotUnderstand() throws IOException {
        Files.writeString(root.resolve("..tacet/needles.json"), "{\"v\":2,\"needles\":[]}");
        assertThatThrownBy(() -> volume.needles()).hasMessageContaining("not a needles file of this version");
    }

    @Test
    void touchesNothingWhereNothingIsDue() throws IOException {
        publish(Map.of("db/password", "one"));
        FileTime before = Files.getLastModifiedTime(root, LinkOption.NOFOLLOW_LINKS);
        volume.sweep(1, Duration.ofSeconds(30), NOW);
        volume.link(Set.of("db/password"));
        assertThat(Files.getLastModifiedTime(root, LinkOption.NOFOLLOW_LINKS)).isEqualTo(before);
    }

    @Test
    void worksUnderAUmaskThatTakesGroupRightsAway() throws IOException {
        Path bare = memory.create().resolve("bare");
        Files.createDirectory(bare, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        OwnFiles.createDirectory(bare.resolve("d"), 0750);
        assertThat(OwnFiles.mode(bare.resolve("d"))).isEqualTo(02750);
    }

    private String publish(Map<String, String> content) {
        Manifest manifest = manifest();
        volume.write(manifest, files(content));
        volume.commit(manifest.generation());
        assertThat(volume.link(content.keySet())).isEmpty();
        return manifest.generation();
    }

    private Manifest manifest() {
        return manifestOf(volume.nextGeneration(NOW));
    }

    private static Manifest manifestOf(String generation) {
        return new Manifest(
                generation, NOW, "digest", new TreeMap<>(Map.of("db", new Manifest.Secret("1", Optional.empty()))));
    }

    private static SortedMap<String, RenderedFile> files(Map<String, String> content) {
        TreeMap<String, RenderedFile> files = new TreeMap<>();
        content.forEach((path, text) -> files.put(path, new RenderedFile(SecretValue.ofUtf8(text), 0440)));
        return files;
    }

    private static Needle needle(String name, String version, String value) {
        return new Needle(name, version, SecretValue.ofUtf8(value), Sensitivity.AUTO);
    }

    private List<String> generations() throws IOException {
        return names(root).stream().filter(name -> name.startsWith("..2026")).toList();
    }

    private static Set<String> names(Path directory) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return names;
    }
}
