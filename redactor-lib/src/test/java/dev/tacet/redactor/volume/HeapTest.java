package dev.tacet.redactor.volume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.tacet.redactor.Needle;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import dev.tacet.redactor.stream.RedactingOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 61 of the leak vectors: what a heap dump, a {@code toString} and JMX show of the redactor. */
final class HeapTest {
    @TempDir
    private Path directory;

    /** In a JVM of its own, whose heap holds no copies that a test made: values come to it by files alone. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            Path secret = Path.of(arguments[0], "token");
            SecretVolumeWatcher watcher = SecretVolumeWatcher.of(List.of(secret.getParent()))
                    .rescan(Duration.ofMillis(20))
                    .retain(Duration.ofMillis(1))
                    .build();
            watcher.start();
            try (OutputStream stream = new RedactingOutputStream(OutputStream.nullOutputStream(), watcher)) {
                logIt(secret, watcher, stream);
                for (Redactor before = watcher.get(); ; before = changed(watcher, before)) {
                    dump(Path.of(arguments[1]));
                    System.out.println("dumped");
                    if (System.in.read() < 0) {
                        return;
                    }
                }
            }
        }

        /** The new value, and the end of the old one's retention: two new redactors, or one for both. */
        private static Redactor changed(SecretVolumeWatcher watcher, Redactor before) throws InterruptedException {
            Redactor last = before;
            for (int quiet = 0; last == before || quiet < 50; quiet++) {
                Thread.sleep(20);
                if (watcher.get() != last) {
                    last = watcher.get();
                    quiet = 0;
                }
            }
            return last;
        }

        /** As an application would, in several encodings: what the redactor works with must not keep what it was given. */
        private static void logIt(Path secret, Supplier<Redactor> redactor, OutputStream stream) throws IOException {
            byte[] value = Files.readAllBytes(secret);
            String text = new String(value, UTF_8);
            for (String line : List.of(
                    "plain " + text,
                    "base64 " + Base64.getEncoder().encodeToString(("x" + text).getBytes(UTF_8)),
                    "json {\"a\":\"\\u0078" + text + "\"}")) {
                redactor.get().redact(line);
                stream.write((line + "\n").getBytes(UTF_8));
            }
            // What went out is kept for what comes next, as far as it matters; then it is overwritten.
            for (int i = 0; i < 10_000; i++) {
                stream.write("an ordinary line, and not the last one\n".getBytes(UTF_8));
            }
            stream.flush();
        }

        private static void dump(Path file) throws IOException {
            Files.deleteIfExists(file);
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        }
    }

    private static String value(long seed) {
        byte[] random = new byte[18];
        new Random(seed).nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    private static boolean holds(Path dump, String value) throws IOException {
        // One byte a character, so that any bytes can be looked for.
        String heap = new String(Files.readAllBytes(dump), ISO_8859_1);
        byte[] raw = value.getBytes(UTF_8);
        String base64 = Base64.getEncoder().encodeToString(raw);
        return List.of(raw, value.getBytes(UTF_16LE), value.getBytes(UTF_16BE), base64.getBytes(UTF_8)).stream()
                .anyMatch(form -> heap.contains(new String(form, ISO_8859_1)));
    }

    @Test
    void row61_afterItsRetentionAnOldValueIsInNoHeapDump() throws Exception {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        Path dump = directory.resolve("heap.hprof");
        String old = value(61);
        String next = value(62);
        Files.writeString(secrets.resolve("token"), old);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        secrets.toString(),
                        dump.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedWriter in = process.outputWriter(UTF_8);
        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertThat(out.readLine()).isEqualTo("dumped");
            // The value in force is in the watcher's list of needles, or it could not be compared with the next.
            assertThat(holds(dump, old)).as("the value in force").isTrue();
            Files.writeString(secrets.resolve("token"), next);
            in.write("\n");
            in.flush();
            assertThat(out.readLine()).isEqualTo("dumped");
            assertThat(holds(dump, next)).as("the new value").isTrue();
            assertThat(holds(dump, old)).as("the old value").isFalse();
            in.close();
        }
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void row61_aCompiledRedactorHoldsNoValueAsItIs() {
        String value = value(63);
        Needle needle = new Needle("db/password", "3", SecretValue.ofUtf8(value), Sensitivity.AUTO);
        Redactor redactor = Redactor.builder().needle(needle).build();
        assertThat(redactor.redact(value)).isEqualTo("[REDACTED:db/password]");
        SecretVolumeWatcher watcher = SecretVolumeWatcher.of(List.of(directory)).build();
        for (Object object :
                List.of(redactor, needle, needle.value(), watcher, SecretVolumeWatcher.of(List.of(directory)))) {
            assertThat(object.toString()).doesNotContain(value.substring(0, 6)).doesNotContain(value.substring(6, 12));
        }
        watcher.close();
    }

    @Test
    void row61_neitherJmxNorAThreadsNameTellsOfIt() throws IOException {
        String value = value(64);
        Files.writeString(directory.resolve("token"), value);
        Set<ObjectName> before = ManagementFactory.getPlatformMBeanServer().queryNames(null, null);
        try (SecretVolumeWatcher watcher =
                SecretVolumeWatcher.of(List.of(directory)).build()) {
            watcher.start();
            assertThat(watcher.get().redact(value)).isEqualTo("[REDACTED:token]");
            assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(null, null))
                    .isEqualTo(before);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains(value.substring(0, 6)));
        }
    }
}
