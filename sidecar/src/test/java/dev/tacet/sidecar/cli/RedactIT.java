package dev.tacet.sidecar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code tacet redact} as a process in a pipe: the rows 17, 64, 66, 69 and 70 of the leak vectors. */
final class RedactIT {
    private static final String S = "kV3-xyzzy9/plugh=7";

    private final MemoryDirectory memory = new MemoryDirectory();
    private Path volume;

    @BeforeEach
    void makeVolume() throws IOException {
        volume = memory.create();
        Files.writeString(volume.resolve("password"), S);
    }

    @AfterEach
    void removeVolume() throws IOException {
        memory.delete();
    }

    private static List<String> tacet(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tacet.sidecar.cli.Main",
                "redact"));
        command.addAll(List.of(arguments));
        return command;
    }

    private List<String> shell(String before, String after) {
        String quoted = "'" + String.join("' '", tacet("--volume", volume.toString())) + "'";
        return List.of("bash", "-c", before + " | " + quoted + after);
    }

    @Test
    void row17_masksWhatAnyProgramWritesToEitherStream() {
        Command plain = Command.run(List.of("sh", "-c", "echo out " + S + "; echo err " + S + " >&2"), new byte[0]);
        assertThat(new String(plain.out(), UTF_8) + plain.err()).contains("out " + S, "err " + S);

        Command redacted = Command.run(shell("(echo out " + S + "; echo err " + S + " >&2) 2>&1", ""), new byte[0]);
        assertThat(new String(redacted.out(), UTF_8)).isEqualTo("out [REDACTED:password]\nerr [REDACTED:password]\n");
        assertThat(redacted.err()).isEmpty();
        assertThat(redacted.exit()).isZero();
    }

    @Test
    void masksEncodedValuesAndCountsThem() {
        String base64 = Base64.getEncoder().encodeToString(("app:" + S).getBytes(UTF_8));
        Command redacted = Command.run(
                tacet("--volume", volume.toString(), "--report"), ("a " + base64 + " b " + S).getBytes(UTF_8));
        assertThat(new String(redacted.out(), UTF_8))
                .matches("a YXBwO[mn]?\\[REDACTED:password] b \\[REDACTED:password]");
        assertThat(redacted.err()).isEqualTo("tacet: masked password 2" + System.lineSeparator());
    }

    @Test
    void row64_aPromptComesThroughWhileTheProgramWaits() throws Exception {
        Process process = new ProcessBuilder(tacet("--volume", volume.toString())).start();
        try (OutputStream in = process.getOutputStream();
                InputStream out = process.getInputStream()) {
            in.write(("it is " + S + "\nPassword: ").getBytes(UTF_8));
            in.flush();
            byte[] expected = "it is [REDACTED:password]\nPassword: ".getBytes(UTF_8);
            assertThat(out.readNBytes(expected.length)).isEqualTo(expected);
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void followsARotation() throws Exception {
        Process process = new ProcessBuilder(tacet("--volume", volume.toString())).start();
        try (OutputStream in = process.getOutputStream();
                InputStream out = process.getInputStream()) {
            in.write((S + "\n").getBytes(UTF_8));
            in.flush();
            assertThat(out.readNBytes("[REDACTED:password]\n".length()))
                    .isEqualTo("[REDACTED:password]\n".getBytes(UTF_8));
            Path next = Files.writeString(volume.resolve("..next"), "rotated-4711-value");
            Files.move(next, volume.resolve("password"), StandardCopyOption.ATOMIC_MOVE);
            Wait.until(
                    "the new value is masked",
                    Duration.ofSeconds(20),
                    () -> "now [REDACTED:password]".equals(answer(in, out, "now rotated-4711-value")));
            in.write(("and the old " + S + "\n").getBytes(UTF_8));
            in.flush();
            assertThat(out.readNBytes("and the old [REDACTED:password]\n".length()))
                    .isEqualTo("and the old [REDACTED:password]\n".getBytes(UTF_8));
        }
        process.waitFor();
    }

    @Test
    void row59_holdPassesNothingOnBeforeTheVolumeIsThere() throws Exception {
        Path late = volume.resolve("late");
        Process process = new ProcessBuilder(tacet("--volume", late.toString(), "--hold", "60")).start();
        try (OutputStream in = process.getOutputStream();
                InputStream out = process.getInputStream()) {
            in.write(("early " + S + "\n").getBytes(UTF_8));
            in.flush();
            assertThat(new String(process.getErrorStream().readNBytes(14), UTF_8))
                    .isEqualTo("tacet: warning");
            assertThat(out.available()).isZero();
            Path building = Files.createDirectory(volume.resolve("..building"));
            Files.writeString(building.resolve("password"), S);
            Files.move(building, late);
            byte[] expected = "early [REDACTED:password]\n".getBytes(UTF_8);
            assertThat(out.readNBytes(expected.length)).isEqualTo(expected);
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void row59_holdEndsAndSaysSo() {
        Command late = Command.run(
                tacet("--volume", volume.resolve("never").toString(), "--hold", "1"), ("early " + S).getBytes(UTF_8));
        assertThat(new String(late.out(), UTF_8)).isEqualTo("early " + S);
        assertThat(late.err()).contains("a volume was not there after 1 seconds");
    }

    @Test
    void holdWithoutAVolumeIsAMistake() {
        Command mistaken = Command.run(tacet("--hold", "5"), S.getBytes(UTF_8));
        assertThat(mistaken.exit()).isEqualTo(ExitCodes.USAGE);
        assertThat(mistaken.err()).contains("--hold needs a --volume");
        assertThat(mistaken.out()).isEmpty();
    }

    private static String answer(OutputStream in, InputStream out, String line) {
        try {
            in.write((line + "\n").getBytes(UTF_8));
            in.flush();
            StringBuilder answer = new StringBuilder();
            for (int b = out.read(); b != '\n'; b = out.read()) {
                answer.append((char) b);
            }
            return answer.toString();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void row66_aLineOfTwoHundredMegabytesTakesBoundedMemory() {
        // 200 MB through a heap of 64 MB, without a line end; a value at its end.
        Command redacted = Command.run(
                shell("(head -c 200000000 /dev/zero | tr '\\0' x; printf ' %s' " + S + ")", " | tail -c 24"),
                new byte[0]);
        assertThat(redacted.err()).isEmpty();
        assertThat(new String(redacted.out(), UTF_8)).isEqualTo("xxxx [REDACTED:password]");
    }

    @Test
    void row69_endsQuietlyWhenNobodyReads() {
        Command redacted = Command.run(shell("yes " + S, " | head -1; echo ${PIPESTATUS[1]}"), new byte[0]);
        assertThat(new String(redacted.out(), UTF_8)).isEqualTo("[REDACTED:password]\n0\n");
        assertThat(redacted.err()).isEmpty();
    }

    @Test
    void row69_theProgramsExitCodeIsTheShellsToTell() {
        Command redacted = Command.run(shell("(exit 7)", "; echo ${PIPESTATUS[0]} ${PIPESTATUS[1]}"), new byte[0]);
        assertThat(new String(redacted.out(), UTF_8)).isEqualTo("7 0\n");
    }

    @Test
    void row69_aSignalLosesNothingThatWasRead() throws Exception {
        Process process = new ProcessBuilder(tacet("--volume", volume.toString())).start();
        try (InputStream out = process.getInputStream()) {
            try (OutputStream in = process.getOutputStream()) {
                in.write(("first " + S + "\n{\"a\":").getBytes(UTF_8));
                in.flush();
                assertThat(out.readNBytes("first [REDACTED:password]\n".length()))
                        .isEqualTo("first [REDACTED:password]\n".getBytes(UTF_8));
                process.toHandle().destroy(); // SIGTERM; Process.destroy would close the streams as well
                in.write(("\"" + S + "\"}\nlast words\n").getBytes(UTF_8));
            }
            assertThat(new String(out.readAllBytes(), UTF_8))
                    .isEqualTo("{\"a\":\"[REDACTED:password]\"}\nlast words\n");
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void row70_slowReadersAndWritersLoseNothing() {
        Command redacted = Command.run(
                shell("(for i in $(seq 1 20000); do echo line $i " + S + "; done)", " | (sleep 1; md5sum)"),
                new byte[0]);
        Command expected = Command.run(
                List.of(
                        "bash",
                        "-c",
                        "(for i in $(seq 1 20000); do echo line $i '[REDACTED:password]'; done) | md5sum"),
                new byte[0]);
        assertThat(redacted.out()).isEqualTo(expected.out());
    }

    @Test
    void refusesARuleFileThatIsBrokenBeforeItReads() throws IOException {
        Path rules = Files.writeString(volume.resolve("..rules.toml"), "[[rules]\n");
        Command redacted = Command.run(tacet("--rules", rules.toString()), S.getBytes(UTF_8));
        assertThat(redacted.exit()).isEqualTo(3);
        assertThat(redacted.out()).isEmpty();
        assertThat(redacted.err()).startsWith("tacet: error: ").contains("..rules.toml");
        Command absent = Command.run(tacet("--rules", volume.resolve("absent").toString()), S.getBytes(UTF_8));
        assertThat(absent.exit()).isEqualTo(3);
        assertThat(absent.err()).contains("cannot be read");
    }

    @Test
    void refusesToLookForNothing() {
        Command redacted = Command.run(tacet("--no-built-in-rules"), S.getBytes(UTF_8));
        assertThat(redacted.exit()).isEqualTo(2);
        assertThat(redacted.out()).isEmpty();
    }

    @Test
    void warnsOfAVolumeThatIsNotThereYet() {
        Command redacted = Command.run(tacet("--volume", volume.resolve("later").toString()), "text\n".getBytes(UTF_8));
        assertThat(redacted.exit()).isZero();
        assertThat(redacted.out()).isEqualTo("text\n".getBytes(UTF_8));
        assertThat(redacted.err()).startsWith("tacet: warning: ").contains("not there yet");
    }
}
