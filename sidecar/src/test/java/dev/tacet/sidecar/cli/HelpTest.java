package dev.tacet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The help teaches, so it must be right. */
final class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "fetch",
                "check",
                "status",
                "redact",
                "store",
                "store init",
                "store put",
                "store get",
                "store rotate",
                "store list"
            })
    void fitsATerminal(String command) {
        assertThat(help(command).lines()).allMatch(line -> line.length() <= 80).hasSizeGreaterThan(5);
    }

    @Test
    void showsAConfigurationThatCanBeRead(@TempDir Path directory) throws IOException {
        List<String> lines = help("run").lines().toList();
        List<String> example = lines.subList(lines.indexOf("A configuration:") + 1, lines.size());
        Path file = Files.write(directory.resolve("tacet.yaml"), example);
        assertThat(ConfigFile.read(file).secrets()).hasSize(1);

        // With every line that is a comment switched on, but for what excludes something else.
        List<String> all = example.stream()
                .filter(line -> !line.contains("token-file:"))
                .map(line -> line.replaceFirst("^( *)# ", "$1"))
                .map(line -> line.replace("source: age", "source: vault"))
                .map(line -> line.replaceFirst(" +# .*", ""))
                .toList();
        Files.write(file, all);
        assertThat(ConfigFile.read(file).files()).hasSize(1);
    }

    @Test
    void theReadmeShowsAConfigurationThatCanBeRead(@TempDir Path directory) throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int begin = readme.indexOf("```yaml\nvolume:") + "```yaml\n".length();
        Path file = Files.writeString(
                directory.resolve("tacet.yaml"), readme.substring(begin, readme.indexOf("```", begin)));
        assertThat(ConfigFile.read(file).vault()).isPresent();
    }

    private static String help(String command) {
        StringWriter out = new StringWriter();
        String[] arguments = (command + " --help").strip().split(" ");
        assertThat(Main.commandLine(arguments).setOut(new PrintWriter(out)).execute(arguments))
                .isZero();
        return out.toString();
    }
}
