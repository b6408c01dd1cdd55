package dev.tacet.sidecar.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.OpenBao;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What surrounds the process does not reach what is read: tested in a JVM that has all of it set. */
final class DriverIsolationIT {
    private static final String VALUE = "p\u00e4ssword-\u4e16\ud83d\ude00";

    private static OpenBao bao;

    @TempDir
    Path directory;

    @BeforeAll
    static void startVault(@TempDir Path home) {
        bao = OpenBao.inMemory(home);
        bao.writeKv("secret", "app/%C3%A9", Map.of("key", VALUE));
    }

    @AfterAll
    static void endVault() {
        bao.close();
    }

    private String probe(String tokenInFile) throws IOException, InterruptedException {
        Path tokenFile = Files.writeString(directory.resolve("configured-token"), tokenInFile);
        Files.writeString(directory.resolve(".vault-token"), bao.rootToken());
        Path out = directory.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dfile.encoding=US-ASCII",
                        "-Duser.home=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        VaultProbe.class.getName(),
                        bao.address().toString(),
                        tokenFile.toString()))
                .redirectOutput(out.toFile());
        builder.environment()
                .putAll(Map.of(
                        "LC_ALL", "C",
                        "VAULT_TOKEN", bao.rootToken(),
                        "VAULT_ADDR", "http://127.0.0.1:1",
                        "VAULT_SSL_VERIFY", "false",
                        "VAULT_SSL_CERT", directory.resolve("no-such-file").toString(),
                        "VAULT_OPEN_TIMEOUT", "not a number",
                        "VAULT_READ_TIMEOUT", "not a number"));
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readString(out);
    }

    @Test
    void readsEveryCharacterUnderAnAsciiCharsetAndAVariableEnvironment() throws Exception {
        String expected = Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8));
        assertThat(probe(bao.rootToken()).lines().toList()).containsExactly("charset US-ASCII", "value " + expected);
    }

    @Test
    void usesNoTokenButTheConfiguredOne() throws Exception {
        assertThat(probe("a-wrong-token").lines()).contains("failed DENIED");
        assertThat(probe("").lines()).contains("failed CONFIGURATION");
    }
}
