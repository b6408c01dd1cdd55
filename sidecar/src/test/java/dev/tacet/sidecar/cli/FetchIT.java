package dev.tacet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.AgeStore;
import dev.tacet.sidecar.testing.FaultProxy;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.volume.Volume;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Bad input, and what it gets: a clear error, an exit code, the last good generation intact, nothing else touched. */
final class FetchIT {
    private static final String GOOD = "good-value-Tq83mm";
    private static final String CANARY = "canary-4fJq9XzW2m";

    @TempDir
    static Path server;

    private static OpenBao bao;
    private static String token;

    @TempDir
    Path directory;

    private final MemoryDirectory memory = new MemoryDirectory();
    private Path parent;
    private Path volume;

    private record Result(int exitCode, String err) {}

    @BeforeAll
    static void start() {
        bao = OpenBao.inMemory(server);
        bao.allowReading("fetch", "secret/data/*");
        token = bao.token("fetch");
        bao.writeKv("secret", "good", Map.of("password", GOOD));
    }

    @AfterAll
    static void stop() {
        bao.close();
    }

    @BeforeEach
    void publishSomethingGood() throws IOException {
        parent = memory.create();
        volume = parent.resolve("volume");
        assertThat(fetch(config("{path: good}"))).isEqualTo(new Result(0, ""));
    }

    @AfterEach
    void clean() throws IOException {
        memory.delete();
    }

    static Stream<Arguments> unusableSecrets() {
        Base64.Encoder base64 = Base64.getEncoder();
        return Stream.of(
                // what the values are, what the secret's settings are, what is said
                Arguments.of(Map.of("../../etc/passwd", CANARY), "", "key db/../../etc/passwd cannot be a file"),
                Arguments.of(Map.of("a/b", CANARY), "", "key db/a/b cannot be a file: its name holds a slash"),
                Arguments.of(Map.of("..", CANARY), "", "key db/.. cannot be a file"),
                Arguments.of(Map.of("k".repeat(300), CANARY), "", "is longer than 255 bytes"),
                Arguments.of(Map.of("a\0b", CANARY), "", "holds a NUL"),
                Arguments.of(Map.of("..data", CANARY), "", "starts with .."),
                Arguments.of(Map.of("password", ""), "", "db/password is empty"),
                Arguments.of(Map.of("other", CANARY), ", keys: {password: {}}", "db/password is missing"),
                Arguments.of(Map.of("password", "*" + CANARY), ", keys: {password: {decode: base64}}", "not base64"),
                // a properties file is text; bytes that are none have a file of their own
                Arguments.of(
                        Map.of("password", base64.encodeToString(new byte[] {(byte) 0xff, 1})),
                        ", keys: {password: {decode: base64}}}}\nfiles: {a.properties: {entries: {p: db/password}",
                        "db/password is not UTF-8 text"));
    }

    @ParameterizedTest
    @MethodSource("unusableSecrets")
    void refusesASecretThatCannotBePublished(Map<String, String> values, String settings, String complaint)
            throws IOException {
        bao.writeKv("secret", "bad", values);
        refuses(config("{path: bad" + settings + "}"), ExitCodes.UNUSABLE, complaint);
    }

    @Test
    void saysThatAPathIsMissing() throws IOException {
        refuses(config("{path: nowhere}"), ExitCodes.UNUSABLE, "no secret at secret/nowhere");
        refuses(config("{path: good, mount: nowhere}"), ExitCodes.UNUSABLE, "nowhere/good");
    }

    @Test
    void saysThatATokenIsWrong() throws IOException {
        Path config = config("{path: good}");
        Files.writeString(directory.resolve("token"), "s." + CANARY);
        refuses(config, ExitCodes.UNUSABLE, "denie");
        Files.delete(directory.resolve("token"));
        refuses(config, ExitCodes.UNUSABLE, "token");
    }

    @Test
    void saysThatTheVaultIsUnreachable() throws IOException {
        Path config = config("{path: good}");
        String text = Files.readString(config).replace(bao.address().toString(), "http://127.0.0.1:1");
        Files.writeString(config, text);
        refuses(config, ExitCodes.UNAVAILABLE, "cannot reach the vault at http://127.0.0.1:1");
    }

    @Test
    void saysThatTheVaultIsSealed() throws IOException {
        Path config = config("{path: good}");
        bao.seal();
        try {
            refuses(config, ExitCodes.UNAVAILABLE, "sealed");
        } finally {
            bao.unseal();
        }
    }

    @Test
    void saysWhatIsWrongWithTheConfiguration() throws IOException {
        Path config = config("{path: good, pole: 60s}");
        refuses(config, ExitCodes.CONFIGURATION, "tacet.yaml:3:28: secrets.db.pole: unknown key");
    }

    @Test
    void refusesAVolumeOnADisk(@TempDir Path disk) throws IOException {
        Path config = config("{path: good}");
        Path other = disk.resolve("volume");
        Files.writeString(config, Files.readString(config).replace(volume.toString(), other.toString()));
        refuses(config, ExitCodes.VOLUME, "not in memory");
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void refusesAVolumeThatSomebodyElseHolds() throws IOException {
        try (Volume held = Volume.open(volume, false)) {
            assertThat(held.published()).isPresent();
            refuses(config("{path: good}"), ExitCodes.VOLUME, "held by another sidecar");
        }
    }

    @Test
    void publishesValuesOfAnySizeAndContent() throws IOException {
        byte[] binary = new byte[1 << 20];
        new java.util.Random(7).nextBytes(binary);
        bao.writeKv(
                "secret",
                "large",
                Map.of(
                        "text",
                        "ä".repeat(1 << 19),
                        "binary",
                        Base64.getEncoder().encodeToString(binary)));
        Path config = config("{path: large, keys: {text: {}, binary: {decode: base64}}}");
        assertThat(fetch(config)).isEqualTo(new Result(0, ""));
        assertThat(Files.readString(volume.resolve("db/text"))).isEqualTo("ä".repeat(1 << 19));
        assertThat(Files.readAllBytes(volume.resolve("db/binary"))).isEqualTo(binary);
    }

    @Test
    void doesNotRepeatWhatWasTypedInTheWrongPlace() {
        for (Result result : List.of(
                execute("fetch", "--config", "tacet.yaml", CANARY),
                execute("fetch", "--config", "tacet.yaml", "--wait", CANARY),
                execute("store", "put", "--file", "f", "--identity", "i", "db/password", CANARY))) {
            assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
            assertThat(result.err()).startsWith("tacet: error: ");
            assertThat(result.err().contains(CANARY)).isFalse();
        }
        assertThat(execute("fetch").err()).contains("tacet: error: missing required option: '--config=FILE'");
    }

    private interface Damage {
        void to(Path store, Path identity) throws Exception;
    }

    static Stream<Arguments> damagedStores() {
        return Stream.of(
                damage("sealed for another identity", (store, identity) -> {
                    Files.delete(identity);
                    new AgeStore(store.resolveSibling("other.age"), identity).init(new SecureRandom());
                }),
                damage(
                        "is damaged: cut short",
                        (store, identity) -> rewrite(store, bytes -> Arrays.copyOf(bytes, 100))),
                damage(
                        "is damaged",
                        (store, identity) -> rewrite(store, bytes -> {
                            bytes[bytes.length - 1] ^= 1;
                            return bytes;
                        })),
                damage("is not an age file", (store, identity) -> rewrite(store, bytes -> new byte[200])),
                damage("is empty", (store, identity) -> rewrite(store, bytes -> new byte[0])),
                damage("store.age", (store, identity) -> Files.delete(store)),
                damage("identity.txt", (store, identity) -> Files.delete(identity)),
                damage("no usable identity", (store, identity) -> Files.writeString(identity, CANARY)));
    }

    private static Arguments damage(String complaint, Damage damage) {
        return Arguments.of(complaint, damage);
    }

    private static void rewrite(Path store, UnaryOperator<byte[]> change) throws IOException {
        Files.write(store, change.apply(Files.readAllBytes(store)));
        // A store that was damaged this moment may still be written; this one was damaged long ago.
        Files.setLastModifiedTime(store, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @ParameterizedTest
    @MethodSource("damagedStores")
    void refusesAStoreThatCannotBeOpened(String complaint, Damage damage) throws Exception {
        Path file = directory.resolve("store.age");
        Path identity = directory.resolve("identity.txt");
        AgeStore store = new AgeStore(file, identity);
        store.init(new SecureRandom());
        store.put("demo", "password", SecretValue.ofUtf8(CANARY));
        Path config = config("{source: age, path: demo}");
        Files.writeString(config, Files.readString(config) + "age: {file: store.age, identity-file: identity.txt}\n");
        damage.to(file, identity);
        refuses(config, ExitCodes.UNUSABLE, complaint);
    }

    @Test
    void leavesItsLoginToTheNext_row44() throws IOException {
        String roleId = bao.appRole("approle", "fetch", "fetch");
        Files.writeString(directory.resolve("secret-id"), bao.secretId("approle", "fetch"));
        try (FaultProxy proxy = new FaultProxy(bao.address())) {
            Path config = Files.writeString(
                    directory.resolve("tacet.yaml"),
                    "volume: {path: " + volume + "}\nstate: {path: " + parent.resolve("state") + "}\nvault: {address: '"
                            + proxy.address() + "', auth: {approle: {role-id: " + roleId
                            + ", secret-id-file: secret-id}}}\nsecrets: {db: {path: good}}\n");
            assertThat(fetch(config)).isEqualTo(new Result(0, ""));
            assertThat(fetch(config)).isEqualTo(new Result(0, ""));
            assertThat(proxy.count(request -> request.contains("/secret/data/good")))
                    .isEqualTo(2);
            assertThat(proxy.count(request -> request.contains("/auth/approle/login")))
                    .isEqualTo(1);
        }
    }

    private void refuses(Path config, int exitCode, String complaint) throws IOException {
        Map<String, String> before = tree();
        assertThat(before).containsValue(GOOD);
        Result result = fetch(config);
        assertThat(result.err()).contains("tacet: error: ").contains(complaint).contains("\ntacet: hint: ");
        assertThat(result.err().contains(CANARY)).as("a value is in the error").isFalse();
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(tree()).isEqualTo(before);
    }

    /** Every file, directory and link from the volume's parent down, with content and targets. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(parent)) {
            for (Path path : new TreeSet<>(paths.toList())) {
                tree.put(path.toString(), describe(path));
            }
        }
        tree.remove(volume.resolve("..tacet/lock").toString());
        return tree;
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        return Files.isDirectory(path) ? "directory" : Files.readString(path, StandardCharsets.ISO_8859_1);
    }

    private Path config(String secret) throws IOException {
        Files.writeString(directory.resolve("token"), token);
        return Files.writeString(
                directory.resolve("tacet.yaml"),
                "volume: {path: " + volume + "}\nvault: {address: '" + bao.address()
                        + "', auth: {token-file: token}}\nsecrets: {db: " + secret + "}\n");
    }

    private static Result fetch(Path config) {
        return execute("fetch", "--config", config.toString());
    }

    private static Result execute(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine(arguments).setErr(new PrintWriter(err, true));
        return new Result(command.execute(arguments), err.toString());
    }
}
