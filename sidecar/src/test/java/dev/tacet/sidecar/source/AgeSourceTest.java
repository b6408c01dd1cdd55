package dev.tacet.sidecar.source;

import static dev.tacet.sidecar.source.Fetches.assertValue;
import static dev.tacet.sidecar.source.Fetches.failed;
import static dev.tacet.sidecar.source.Fetches.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.AgeSettings;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.source.Failure.Kind;
import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.Requires;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgeSourceTest {
    private static final Origin DB = new Origin.Stored("db");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path directory;

    private Path file;
    private Path identityFile;
    private AgeStore store;

    @BeforeEach
    void makeStore() throws Exception {
        file = directory.resolve("store.age");
        identityFile = directory.resolve("identity.txt");
        store = new AgeStore(file, identityFile);
        store.init(RANDOM);
    }

    private AgeSource source(RequestListener listener) {
        return new AgeSource(new AgeSettings(file, identityFile), listener, Clock.systemUTC(), Thread::new);
    }

    private Failure failure() {
        try (AgeSource source = source((name, value) -> {})) {
            return failed(source.fetch(DB));
        }
    }

    /** Dates the file back, so that it does not look as if somebody were writing it. */
    private void settled() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void readsWhatTheStoreHoldsAndSeesEachChange() throws Exception {
        List<SecretValue> heard = new ArrayList<>();
        try (AgeSource source = source((name, value) -> heard.add(value))) {
            store.put("db", "password", SecretValue.ofUtf8("first"));
            SecretData before = found(source.fetch(DB));
            assertThat(before.version()).isEqualTo("1");
            assertThat(heard).containsExactly(AgeIdentity.read(identityFile).secret());

            assertThat(store.put("db", "password", SecretValue.ofUtf8("second")))
                    .isEqualTo("2");
            SecretData after = found(source.fetch(DB));
            assertThat(after.version()).isEqualTo("2");
            assertValue(after, "password", "second".getBytes(StandardCharsets.UTF_8));

            assertThat(failed(source.fetch(new Origin.Stored("none"))).kind()).isEqualTo(Kind.NOT_FOUND);
        }
    }

    @Test
    void takesAFileEditedByHandAndSealedByTheAgeCommand() throws Exception {
        Requires.programs("age");
        store.put("db", "password", SecretValue.ofUtf8("first"));
        String yaml = Command.output("age", "--decrypt", "--identity", identityFile.toString(), file.toString());
        String edited = yaml.replace("version: 1", "version: 2").replace("\"first\"", "by hand");
        Command age = Command.run(
                List.of(
                        "age",
                        "--encrypt",
                        "--armor",
                        "--identity",
                        identityFile.toString(),
                        "--output",
                        file.toString()),
                edited.getBytes(StandardCharsets.UTF_8));
        assertThat(age.err()).isEmpty();
        try (AgeSource source = source((name, value) -> {})) {
            SecretData data = found(source.fetch(DB));
            assertThat(data.version()).isEqualTo("2");
            assertValue(data, "password", "by hand".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void tellsEachWayOfBeingUnreadableFromTheOthers() throws Exception {
        byte[] good = Files.readAllBytes(file);
        settled();
        Path other = directory.resolve("other.txt");
        new AgeStore(directory.resolve("other.age"), other).init(RANDOM);
        byte[] identity = Files.readAllBytes(identityFile);

        Files.copy(other, identityFile, StandardCopyOption.REPLACE_EXISTING);
        assertThat(failure().message()).isEqualTo("the store " + file + " is sealed for another identity");
        Files.writeString(identityFile, "no key");
        assertThat(failure().message())
                .isEqualTo("no usable identity in " + identityFile + ": line 1 is not an X25519 identity");
        Files.delete(identityFile);
        assertThat(failure().message()).isEqualTo("cannot read the identity file " + identityFile + ": no such file");
        Files.write(identityFile, identity);

        Files.write(file, Arrays.copyOf(good, good.length - 1));
        settled();
        assertThat(failure().message())
                .isEqualTo("the store " + file + " is damaged: cut short, or changed after it was sealed");
        assertThat(failure().kind()).isEqualTo(Kind.CONFIGURATION);
        Files.writeString(file, "tacet-store: 1\n");
        assertThat(failure().message()).isEqualTo(file + " is not an age file");
        Files.delete(file);
        assertThat(failure().message()).isEqualTo("cannot read the store " + file + ": no such file");
        assertThat(failure().kind()).isEqualTo(Kind.CONFIGURATION);
    }

    @Test
    void takesADamagedFileThatIsStillWarmForOneBeingWritten() throws Exception {
        byte[] good = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(good, good.length / 2));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        assertThat(failure().kind()).isEqualTo(Kind.OUTAGE);
    }

    @Test
    void seesAFileReplacedOrWrittenInPlaceOrReachedByAMovedLink() throws Exception {
        Path kubelet = Files.createDirectories(directory.resolve("mount"));
        Path first = Files.createDirectories(kubelet.resolve("..one"));
        Path second = Files.createDirectories(kubelet.resolve("..two"));
        Files.writeString(first.resolve("store.age"), "one");
        Files.writeString(second.resolve("store.age"), "two!");
        Files.createSymbolicLink(kubelet.resolve("..data"), Path.of("..one"));
        Path linked = Files.createSymbolicLink(kubelet.resolve("store.age"), Path.of("..data/store.age"));

        AtomicInteger calls = new AtomicInteger();
        // half an hour: only events can be what wakes it
        try (FileWatch watch = new FileWatch(linked, Duration.ofMinutes(30), calls::incrementAndGet)) {
            Thread thread = new Thread(watch);
            thread.start();
            Files.createSymbolicLink(kubelet.resolve("..tmp"), Path.of("..two"));
            Files.move(kubelet.resolve("..tmp"), kubelet.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            Wait.until("the moved link was seen", Duration.ofSeconds(20), () -> calls.get() == 1);
        }

        AtomicInteger changes = new AtomicInteger();
        try (AgeSource source = source((name, value) -> {})) {
            source.watch(changes::incrementAndGet);
            store.put("db", "password", SecretValue.ofUtf8("replaced"));
            Wait.until("the replaced file was seen", Duration.ofSeconds(20), () -> changes.get() > 0);
            int before = changes.get();
            Files.write(file, Files.readAllBytes(directory.resolve("store.age")));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
            Wait.until("the rewritten file was seen", Duration.ofSeconds(20), () -> changes.get() > before);
        }
    }

    @Test
    void findsAChangeWithoutAnyEvent() throws Exception {
        // the directory is made anew, so its watch is void and only the recheck is left
        Path gone = Files.createDirectories(directory.resolve("gone"));
        AtomicInteger calls = new AtomicInteger();
        try (FileWatch watch =
                new FileWatch(gone.resolve("store.age"), Duration.ofMillis(50), calls::incrementAndGet)) {
            new Thread(watch).start();
            Files.delete(gone);
            Files.createDirectories(gone);
            Files.writeString(gone.resolve("store.age"), "new");
            Wait.until("the file was seen", Duration.ofSeconds(20), () -> calls.get() > 0);
        }
    }

    @Test
    void endsItsThreadWhenClosed() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        AgeSource source =
                new AgeSource(new AgeSettings(file, identityFile), (name, value) -> {}, Clock.systemUTC(), work -> {
                    thread.set(new Thread(work));
                    return thread.get();
                });
        source.watch(() -> {});
        source.close();
        thread.get().join(Duration.ofSeconds(20).toMillis());
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void isOwnerOnlyAndLeavesNothingBeside() throws Exception {
        store.put("db", "password", SecretValue.ofUtf8("value"));
        for (Path each : List.of(file, identityFile)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------");
        }
        try (var files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("store.age", "identity.txt", "store.age.lock");
        }
    }

    @Test
    void rewritesNothingForTheSameValue() throws Exception {
        store.put("db", "password", SecretValue.ofUtf8("value"));
        byte[] before = Files.readAllBytes(file);
        assertThat(store.put("db", "password", SecretValue.ofUtf8("value"))).isEqualTo("1");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void overwritesNeitherAStoreNorAnIdentity() throws Exception {
        byte[] identity = Files.readAllBytes(identityFile);
        SourceException again = catchThrowableOfType(SourceException.class, () -> store.init(RANDOM));
        assertThat(again.failure().message()).isEqualTo(file + " is there already");
        new AgeStore(directory.resolve("second.age"), identityFile).init(RANDOM);
        assertThat(Files.readAllBytes(identityFile)).isEqualTo(identity);
    }

    @Test
    void losesNoneOfTheChangesOfSeveralWriters() throws Exception {
        int writers = 4;
        List<Process> running = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            running.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StoreWriter.class.getName(),
                            file.toString(),
                            identityFile.toString(),
                            Integer.toString(i))
                    .inheritIO()
                    .start());
        }
        for (Process each : running) {
            assertThat(each.waitFor()).isZero();
        }
        SecretData data = store.read().secrets().get("db");
        assertThat(data.values()).hasSize(writers * StoreWriter.VALUES);
        assertThat(data.version()).isEqualTo(Integer.toString(writers * StoreWriter.VALUES));
    }

    @Test
    void keepsALinkToTheStoreALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link.age"), file);
        new AgeStore(link, identityFile).put("db", "password", SecretValue.ofUtf8("value"));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(store.read().secrets()).containsKey("db");
    }

    /** Writes its share of values, in a process of its own. */
    static final class StoreWriter {
        static final int VALUES = 10;

        private StoreWriter() {}

        public static void main(String[] args) throws SourceException {
            AgeStore store = new AgeStore(Path.of(args[0]), Path.of(args[1]));
            for (int i = 0; i < VALUES; i++) {
                store.put("db", args[2] + "-" + i, SecretValue.ofUtf8("value " + i));
            }
        }
    }
}
