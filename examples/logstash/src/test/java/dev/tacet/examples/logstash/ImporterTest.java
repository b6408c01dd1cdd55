package dev.tacet.examples.logstash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its users run it: a process of its own, with its own {@code logback.xml}, and secrets as Kubernetes mounts them. */
class ImporterTest {
    private static final String FIRST = "pZ4q\"8xWk7+vT2m";
    private static final String SECOND = "hB6/nR3&cY9=jL5d";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path secrets;

    @BeforeEach
    void mount() throws IOException {
        swap("..1", FIRST);
    }

    /** As the kubelet does it: a new directory, and a link renamed over the one that all files are reached by. */
    private void swap(String generation, String value) throws IOException {
        Path directory = Files.createDirectory(secrets.resolve(generation));
        Files.writeString(directory.resolve("api-token"), value);
        Path link = Files.createSymbolicLink(secrets.resolve("..next"), Path.of(generation));
        Files.move(link, secrets.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        Path file = secrets.resolve("api-token");
        if (!Files.exists(file)) {
            Files.createSymbolicLink(file, Path.of("..data/api-token"));
        }
    }

    /** What one line makes the program log, then, after a rotation, another. */
    private List<String> log(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dsecrets=" + secrets));
        command.addAll(List.of(options));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Importer.class.getName(), secrets.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        BufferedWriter in = process.outputWriter(UTF_8);
        try (BufferedReader out = process.inputReader(UTF_8)) {
            in.write("one\n");
            in.flush();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (line.contains("done with one")) {
                    swap("..2", SECOND);
                    // Without a sidecar nobody announces: the change is noticed a moment after it.
                    Thread.sleep(2_000);
                    in.write("two\n");
                    in.close();
                }
            }
        }
        assertThat(process.waitFor()).as("exit code").isZero();
        return lines;
    }

    @Test
    void leaksWithoutUs() throws Exception {
        List<String> log = log("-Dlogback.configurationFile=plain.xml");
        assertThat(String.join("\n", log)).contains("pZ4q\\\"8xWk7+vT2m", "pZ4q\\\\\\\"8xWk7+vT2m", SECOND);
        assertThat(texts(log)).anyMatch(text -> text.contains(FIRST));
    }

    @Test
    void leaksNothingAndStaysJsonInTheRedactingEncoder() throws Exception {
        List<String> log = log();
        assertThat(texts(log))
                .noneMatch(text -> text.contains("pZ4q") || text.contains("8xWk7") || text.contains("vT2m"))
                .noneMatch(text -> text.contains("hB6/n") || text.contains("R3&cY") || text.contains("9=jL5d"));
        assertThat(String.join("\n", log)).doesNotContain("pZ4q", "8xWk7", "vT2m", "hB6", "R3&cY", "jL5d");
        JsonNode first = JSON.readTree(log.get(0));
        assertThat(first.at("/headers/X-Api-Token/0").asText()).isEqualTo("[REDACTED:api-token]");
        assertThat(first.at("/token").asText()).isEqualTo("[REDACTED:api-token]");
        assertThat(log).anyMatch(line -> line.contains("importing two") && line.contains("[REDACTED:api-token]"));
    }

    /** All names and texts of all lines, as whoever reads them sees them; a line that is no JSON fails here. */
    private static List<String> texts(List<String> lines) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String line : lines) {
            collect(JSON.readTree(line), texts);
        }
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isValueNode()) {
            texts.add(node.asText());
        }
        node.fieldNames().forEachRemaining(texts::add);
        node.elements().forEachRemaining(child -> collect(child, texts));
    }
}
