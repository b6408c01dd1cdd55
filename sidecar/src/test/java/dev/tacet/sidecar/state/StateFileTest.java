package dev.tacet.sidecar.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.rotation.Term;
import dev.tacet.sidecar.source.Credential;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.Requires;
import dev.tacet.sidecar.volume.PrivateFile;
import dev.tacet.sidecar.volume.VolumeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFileTest {
    private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");

    private final MemoryDirectory memory = new MemoryDirectory();
    private Path directory;

    @BeforeEach
    void create() throws IOException {
        directory = memory.create().resolve("state");
    }

    @AfterEach
    void delete() throws IOException {
        memory.delete();
    }

    private StateFile file(String owner, Instant now) {
        return new StateFile(PrivateFile.in(directory, "state.json"), owner, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static State state() {
        Lease lease = new Lease(Lease.Kind.LEASE, "database/creds/app/1", Duration.ofHours(1), true, "accessor");
        Lease certificate = new Lease(Lease.Kind.CERTIFICATE, "pki 12:34", Duration.ZERO, false, "");
        Term term =
                Term.first(NOW, Duration.ofHours(1), true).renewed(NOW.plusSeconds(5), Duration.ofMinutes(30), false);
        return new State(
                "a vault",
                Optional.of(new Credential(
                        SecretValue.ofUtf8("a-token\n\u00e9"),
                        "accessor",
                        Term.first(NOW, Duration.ofHours(2), true),
                        false,
                        Map.of("older", NOW.plusSeconds(60)))),
                List.of(
                        new State.Current(
                                "app",
                                "3",
                                "origin",
                                Optional.empty(),
                                NOW.plusSeconds(30),
                                Optional.of(NOW.minusSeconds(1)),
                                Optional.of(NOW.minusSeconds(2))),
                        current("db", new State.Held(Optional.of(lease), term), NOW),
                        current("tls", new State.Held(Optional.empty(), term), Instant.MAX)),
                List.of(
                        new State.Retired("db", "", lease, NOW, true, Optional.empty(), Instant.MAX),
                        new State.Retired("tls", "8", certificate, NOW, false, Optional.of("g1"), NOW.plusSeconds(9))),
                List.of(new State.Intent("login", "", NOW)));
    }

    private static State.Current current(String name, State.Held held, Instant due) {
        return new State.Current(name, "1", "", Optional.of(held), due, Optional.empty(), Optional.empty());
    }

    @Test
    void givesBackWhatWasKept_row44() throws IOException {
        file("a vault", NOW).save(state());
        assertThat(file("a vault", NOW).load()).contains(state());
        assertThat(Files.getPosixFilePermissions(directory.resolve("state.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void writesOnlyWhatIsNew() throws IOException {
        StateFile file = file("a vault", NOW);
        file.save(state());
        FileTime before = FileTime.from(NOW.minus(Duration.ofDays(1)));
        Files.setLastModifiedTime(directory.resolve("state.json"), before);
        file.save(state());
        assertThat(Files.getLastModifiedTime(directory.resolve("state.json"))).isEqualTo(before);
    }

    @Test
    void discardsWhatIsOfNoUse_row44() throws IOException {
        file("a vault", NOW).save(state());
        assertThat(file("another vault", NOW).load()).as("foreign").isEmpty();
        assertThat(directory.resolve("state.json")).doesNotExist();

        file("a vault", NOW).save(state());
        assertThat(file("a vault", NOW.plus(Duration.ofHours(3))).load())
                .as("over")
                .isEmpty();

        file("a vault", NOW).save(state());
        byte[] whole = Files.readAllBytes(directory.resolve("state.json"));
        for (int cut = 0; cut < whole.length; cut += 7) {
            Files.write(directory.resolve("state.json"), java.util.Arrays.copyOf(whole, cut));
            assertThat(file("a vault", NOW).load()).as("cut at %s", cut).isEmpty();
            file("a vault", NOW).save(state());
        }
        Files.writeString(directory.resolve("state.json"), new String(whole, UTF_8).replace("\"v\":2", "\"v\":3"));
        assertThat(file("a vault", NOW).load()).as("of another version").isEmpty();
    }

    @Test
    void takesNothingThatOthersMayHaveWritten() throws IOException {
        file("a vault", NOW).save(state());
        Path real = directory.resolve("state.json");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(file("a vault", NOW).load()).as("others may write it").isEmpty();
        file("a vault", NOW).save(state());
        Path elsewhere = Files.move(real, directory.resolve("elsewhere"));
        Files.createSymbolicLink(real, elsewhere);
        assertThat(file("a vault", NOW).load()).as("a link").isEmpty();
        assertThat(elsewhere).as("what the link leads to").exists();
    }

    @Test
    void isRefusedOnADisk(@TempDir Path disk) throws IOException {
        Requires.that(
                !Files.getFileStore(disk).type().equals("tmpfs"),
                "the temporary directory is in memory on this machine");
        assertThatThrownBy(() -> PrivateFile.in(disk.resolve("state"), "state.json"))
                .isInstanceOf(VolumeException.class)
                .hasMessageContaining("not in memory");
    }
}
