package dev.tacet.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.Requires;
import dev.tacet.sidecar.testing.Wait;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script, in a distribution put together of the classes under test. */
final class StartScriptIT {
    private static final Path SCRIPTS = Path.of("src/main/bin");

    @TempDir
    private Path home;

    @TempDir
    private Path work;

    private Path tacet;

    @BeforeEach
    void layOut() throws IOException {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Path lib = Files.createDirectory(home.resolve("lib"));
        for (String script : List.of("tacet", "make-archive")) {
            Path copy = Files.copy(SCRIPTS.resolve(script), bin.resolve(script));
            assertThat(copy.toFile().setExecutable(true)).isTrue();
        }
        int count = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path) && !entry.contains("test-classes")) {
                Path jar = lib.resolve("classes-" + count++ + ".jar");
                int done = ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(System.out, System.err, "cf", jar.toString(), "-C", entry, ".");
                assertThat(done).isZero();
            } else if (entry.endsWith(".jar")) {
                Files.copy(path, lib.resolve(path.getFileName()));
            }
        }
        tacet = bin.resolve("tacet");
    }

    private Command tacet(List<String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "JAVA_HOME=" + System.getProperty("java.home")));
        command.addAll(environment);
        command.add(tacet.toString());
        command.addAll(List.of(arguments));
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
        Command made = Command.run(
                List.of(
                        "env",
                        "JAVA_HOME=" + System.getProperty("java.home"),
                        home.resolve("bin/make-archive").toString()),
                new byte[0]);
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(home.resolve("lib/tacet.jsa")).exists();
        Command with = tacet(List.of(), "--version");
        assertThat(with.exit()).isZero();
        assertThat(with.err()).isEmpty();
        assertThat(home.resolve("lib/tacet.jsa").toFile().setWritable(true)).isTrue();
        writeDamage(home.resolve("lib/tacet.jsa"));
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
        Command version = Command.run(
                List.of(
                        "setpriv",
                        "--reuid=4711",
                        "--regid=4711",
                        "--clear-groups",
                        "--no-new-privs",
                        "env",
                        "JAVA_HOME=" + System.getProperty("java.home"),
                        tacet.toString(),
                        "--version"),
                new byte[0]);
        assertThat(version.exit()).as(version.err()).isZero();
    }

    @Test
    void leavesNoDumpAndLetsNobodyAttach_row58() throws Exception {
        tacet(
                List.of(),
                "store",
                "init",
                "--file",
                work.resolve("s").toString(),
                "--identity",
                work.resolve("i").toString());
        Command put = Command.run(
                List.of(
                        "env",
                        "JAVA_HOME=" + System.getProperty("java.home"),
                        tacet.toString(),
                        "store",
                        "put",
                        "--file",
                        work.resolve("s").toString(),
                        "--identity",
                        work.resolve("i").toString(),
                        "db/password"),
                "a-value-in-memory".getBytes(UTF_8));
        assertThat(put.exit()).as(put.err()).isZero();
        Path config = Files.writeString(work.resolve("tacet.yaml"), """
                volume: {path: %s, allow-disk: true}
                age: {file: s, identity-file: i}
                secrets: {db: {path: db}}
                """.formatted(work.resolve("volume")));
        ProcessBuilder builder = new ProcessBuilder(tacet.toString(), "run", "--config", config.toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
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
