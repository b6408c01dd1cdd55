package dev.tacet.examples.plainlogback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
class MailerTest {
    private static final String FIRST = "pZ4q\"8xWk7+vT2m";
    private static final String SECOND = "hB6/nR3&cY9=jL5d";

    @TempDir
    private Path secrets;

    @BeforeEach
    void mount() throws IOException {
        swap("..1", FIRST);
    }

    /** As the kubelet does it: a new directory, and a link renamed over the one that all files are reached by. */
    private void swap(String generation, String value) throws IOException {
        Path directory = Files.createDirectory(secrets.resolve(generation));
        Files.writeString(directory.resolve("smtp-password"), value);
        Path link = Files.createSymbolicLink(secrets.resolve("..next"), Path.of(generation));
        Files.move(link, secrets.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        Path file = secrets.resolve("smtp-password");
        if (!Files.exists(file)) {
            Files.createSymbolicLink(file, Path.of("..data/smtp-password"));
        }
    }

    /** What one line makes the program log, then, after a rotation, another. */
    private List<String> log(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dsecrets=" + secrets));
        command.addAll(List.of(options));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Mailer.class.getName(), secrets.toString()));
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

    /** In the ways in which the program spells it; part of each, so that nothing is left over either. */
    private static List<String> spellings() {
        return List.of(
                "pZ4q", "8xWk7", "vT2m", "Ijh4V2s3", "hB6/n", "R3&cY", "9=jL5d", "hB6%2Fn", "R3%26cY", "vblIzJmNZ");
    }

    @Test
    void leaksWithoutUs() throws Exception {
        String log = String.join("\n", log("-Dlogback.configurationFile=plain.xml"));
        assertThat(log)
                .contains(FIRST, SECOND, "hB6%2FnR3%26cY9%3DjL5d", "pZ4q%228xWk7%2BvT2m")
                .contains("AUTH PLAIN AG1haWxlcgBw", "Ijh4V2s3", "vblIzJmNZ");
    }

    @Test
    void leaksNothingInTheRedactingEncoder() throws Exception {
        List<String> log = log();
        assertThat(String.join("\n", log)).doesNotContain(spellings());
        assertThat(log)
                .anyMatch(line -> line.endsWith(
                        "[[REDACTED:smtp-password]] Mailer - mail one: signing in with [REDACTED:smtp-password]"))
                .anyMatch(line -> line.matches(".*> AUTH PLAIN AG1haWxlcg.?\\[REDACTED:smtp-password]"))
                .anyMatch(line -> line.contains("535 refused smtp://mailer:[REDACTED:smtp-password]@mail.example"))
                .anyMatch(line -> line.contains("mail two: signing in with [REDACTED:smtp-password]"));
    }
}
