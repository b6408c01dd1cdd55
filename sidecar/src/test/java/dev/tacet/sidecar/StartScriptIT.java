package dev.tacet.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.Distribution;
import dev.tacet.sidecar.testing.Requires;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script, in a distribution put together of the classes under test. */
final class StartScriptIT {
    @TempDir
    private Path home;

    @TempDir
    private Path work;

    private Distribution distribution;

    @BeforeEach
    void layOut() throws IOException {
        distribution = Distribution.in(home);
    }

    private Command tacet(List<String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(environment);
        command.addAll(distribution.command("tacet", arguments));
        return Command.run(command, new byte[0]);
    }

    @Test
    void heedsNoOptionsThatCouldDump_row58() {
        Command version = tacet(
                List.of("JAVA_TOOL_OPTIONS=-XX:+HeapDumpOnOutOfMemoryError", "JDK_JAVA_OPTIONS=-verbose:gc"),
                "--version");
        assertThat(version.exit()).isZero();
        assertThat(version.err()).contains("JAVA_TOOL_OPTIONS is not heeded", "JDK_JAVA_OPTIONS is not heeded");
        assertThat(version.err()).doesNotContain("Picked up");
    }

    @Test
    void startsFromAnArchiveOfItsClassesAndWithoutOne() {
        assertThat(tacet(List.of(), "--version").exit()).isZero();
        assertThat(distribution.withArchive().archive()).exists();
        Command with = tacet(List.of(), "--version");
        assertThat(with.exit()).isZero();
        assertThat(with.err()).isEmpty();
        assertThat(distribution.archive().toFile().setWritable(true)).isTrue();
        writeDamage(distribution.archive());
        Command damaged = tacet(List.of(), "--version");
        assertThat(damaged.exit()).as("a damaged one is passed over").isZero();
        assertThat(damaged.err()).isEmpty();
    }

    private static void writeDamage(Path file) {
        try {
            Files.writeString(file, "not an archive");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void runsAsAnyUserFromWhatItMayOnlyRead() throws IOException {
        Requires.that("root".equals(System.getProperty("user.name")), "only root can run it as another user");
        Requires.programs("setpriv");
        try (Stream<Path> tree = Files.walk(home)) {
            for (Path path : tree.toList()) {
                Files.setAttribute(
                        path,
                        "unix:mode",
                        Files.isDirectory(path) || path.startsWith(home.resolve("bin")) ? 0555 : 0444);
            }
        }
        List<String> command =
                new ArrayList<>(List.of("setpriv", "--reuid=4711", "--regid=4711", "--clear-groups", "--no-new-privs"));
        command.addAll(distribution.command("tacet", "--version"));
        Command version = Command.run(command, new byte[0]);
        assertThat(version.exit()).as(version.err()).isZero();
    }

    @Test
    void leavesNoDumpAndLetsNobodyAttach_row58() throws Exception {
        String store = work.resolve("s").toString();
        String identity = work.resolve("i").toString();
        tacet(List.of(), "store", "init", "--file", store, "--identity", identity);
        Command put = Command.run(
                distribution.command("tacet", "store", "put", "--file", store, "--identity", identity, "db/password"),
                "a-value-in-memory".getBytes(UTF_8));
        assertThat(put.exit()).as(put.err()).isZero();
        Path config = Files.writeString(work.resolve("tacet.yaml"), """
                volume: {path: %s, allow-disk: true}
                age: {file: s, identity-file: i}
                secrets: {db: {path: db}}
                """.formatted(work.resolve("volume")));
        Process process = new ProcessBuilder(distribution.command("tacet", "run", "--config", config.toString()))
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile())
                .start();
        try {
            Wait.until("it publishes", Duration.ofSeconds(30), () -> Files.exists(work.resolve("volume/db/password")));
            String pid = Long.toString(process.pid());
            assertThat(Files.readString(Path.of("/proc", pid, "limits"))).containsPattern("Max core file size +0 +0 ");
            Command attach = Command.run(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            pid,
                            "VM.version"),
                    new byte[0]);
            assertThat(attach.exit()).as("attaching").isNotZero();
            Command.output("kill", "-ABRT", pid);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            try (Stream<Path> left = Files.list(work)) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .contains("volume", "log")
                        .noneMatch(name ->
                                name.startsWith("core") || name.startsWith("hs_err") || name.endsWith(".hprof"));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
