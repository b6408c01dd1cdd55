package dev.tacet.sidecar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** The program as it is shipped, put together of the classes under test and the scripts, for the Java of the tests. */
public final class Distribution {
    private static final Path SCRIPTS = Path.of("src/main/bin");

    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    /** Lays it out in an empty directory. */
    public static Distribution in(Path home) throws IOException {
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
        return new Distribution(home);
    }

    /** Makes its class-data archive. */
    public Distribution withArchive() {
        Command made = Command.run(command("make-archive"), new byte[0]);
        assertThat(made.exit()).as(made.err()).isZero();
        return this;
    }

    public Path archive() {
        return home.resolve("lib/tacet.jsa");
    }

    /** What runs one of its scripts. */
    public List<String> command(String script, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add("env");
        command.add("JAVA_HOME=" + System.getProperty("java.home"));
        command.add(home.resolve("bin").resolve(script).toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
