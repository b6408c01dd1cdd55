package dev.tacet.sidecar.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.source.SecretData;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RendererTest {
    private static final String CANARY = "canary-7Yk2pQ";
    private static final byte[] NOT_UTF8 = {(byte) 0xff, 'c', 'a', 'n', 'a', 'r', 'y', (byte) 0xfe};

    private final Renderer renderer = Renderer.of(new OutputSettings(
            Set.of("db", "tls", "extra", "some"),
            Map.of("some", Set.of("token")),
            Set.of(new KeyRef("tls", "keystore")),
            List.of(properties("conf/app.properties", entries(), 0400)),
            RenderedFile.DEFAULT_MODE));

    private static Map<String, FileSettings.Reference> entries() {
        Map<String, FileSettings.Reference> entries = new LinkedHashMap<>();
        entries.put("datasource.password", new FileSettings.Reference("db", "password"));
        entries.put("datasource.username", new FileSettings.Reference("db", "username"));
        entries.put("extra.token", new FileSettings.Reference("extra", "token"));
        return entries;
    }

    @Test
    void writesOneFileAKeyAndThePropertiesFile() {
        Rendered rendered = render(Map.of(
                "db", data("password", CANARY, "username", "app"),
                "extra", data("token", "größe")));
        assertThat(rendered.files())
                .containsOnlyKeys("conf/app.properties", "db/password", "db/username", "extra/token");
        assertThat(rendered.files().get("db/password")).isEqualTo(new RenderedFile(SecretValue.ofUtf8(CANARY), 0440));
        assertThat(rendered.files().get("conf/app.properties"))
                .isEqualTo(new RenderedFile(
                        SecretValue.ofUtf8("datasource.password=" + CANARY
                                + "\ndatasource.username=app\nextra.token=gr\\u00F6\\u00DFe\n"),
                        0400));
    }

    @Test
    void leavesOutKeysThatAreNotWanted() {
        assertThat(renderer.prepare("some", data("token", "t", "../unfit", CANARY)))
                .isEqualTo(new Prepared.Fit(data("token", "t")));
        assertThat(renderer.prepare("some", data("other", CANARY)))
                .isInstanceOfSatisfying(
                        Prepared.Unfit.class,
                        unfit -> assertThat(unfit.problem().message()).isEqualTo("some/token is missing"));
    }

    @Test
    void givesTheSameFilesForTheSameData() {
        Map<String, SecretData> secrets = Map.of("db", data("password", CANARY, "username", "app"));
        assertThat(render(secrets)).isEqualTo(render(secrets));
    }

    @Test
    void leavesOutPropertiesOfASecretThatIsNotThereYet() {
        Rendered rendered = render(Map.of("db", data("password", CANARY, "username", "app")));
        assertThat(rendered.files().get("conf/app.properties").content())
                .isEqualTo(SecretValue.ofUtf8("datasource.password=" + CANARY + "\ndatasource.username=app\n"));
    }

    @Test
    void decodesBase64AndKeepsEveryByte() {
        byte[] keystore = new byte[1 << 20];
        new Random(1).nextBytes(keystore);
        SecretData raw = data("keystore", Base64.getEncoder().encodeToString(keystore), "password", CANARY);
        Rendered rendered = render(Map.of("tls", raw));
        assertThat(rendered.files().get("tls/keystore").content()).isEqualTo(SecretValue.of(keystore));
        assertThat(rendered.files().get("tls/password").content()).isEqualTo(SecretValue.ofUtf8(CANARY));
    }

    static Stream<Arguments> unfitSecrets() {
        byte[] three = "abc".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                // an empty password opens what should be shut
                Arguments.of("db", data("password", "", "username", "app"), "db/password is empty"),
                Arguments.of(
                        "db", data("username", "app"), "db/password is missing, and conf/app.properties draws from it"),
                Arguments.of("db", data(), "db has no keys"),
                Arguments.of(
                        "db",
                        new SecretData(
                                "1",
                                new TreeMap<>(Map.of(
                                        "password", SecretValue.of(NOT_UTF8), "username", SecretValue.ofUtf8("app")))),
                        "db/password is not UTF-8 text, and conf/app.properties draws from it"),
                // names that come from whoever may write the secret
                Arguments.of(
                        "extra",
                        data("../../etc/passwd", CANARY),
                        "key extra/../../etc/passwd cannot be a file: its name holds a slash"),
                Arguments.of("extra", data("a/b", CANARY), "key extra/a/b cannot be a file: its name holds a slash"),
                Arguments.of("extra", data("..", CANARY), "key extra/.. cannot be a file: its name means a directory"),
                Arguments.of("extra", data("a\0b", CANARY), "key extra/a_b cannot be a file: its name holds a NUL"),
                Arguments.of(
                        "extra",
                        data("a\ntacet: error: fake", CANARY),
                        "key extra/a_tacet__error__fake cannot be a file: its name holds a control character"),
                Arguments.of(
                        "extra",
                        data("x".repeat(300), CANARY),
                        "key extra/" + "x".repeat(58) + " cannot be a file: its name is longer than 255 bytes"),
                // base64: absent, another alphabet, wrapped lines, no padding, stray bits, empty when decoded
                Arguments.of("tls", data("password", CANARY), "tls/keystore is missing"),
                Arguments.of("tls", data("keystore", "_-_-"), "tls/keystore is not base64"),
                Arguments.of("tls", data("keystore", "YWJj\n"), "tls/keystore is not base64"),
                Arguments.of("tls", data("keystore", "YWI"), "tls/keystore is not base64"),
                Arguments.of("tls", data("keystore", "YWJ="), "tls/keystore is not base64"),
                Arguments.of("tls", data("keystore", CANARY), "tls/keystore is not base64"),
                Arguments.of(
                        "tls",
                        new SecretData("1", new TreeMap<>(Map.of("keystore", SecretValue.of(three)))),
                        "tls/keystore is not base64"),
                Arguments.of("tls", data("keystore", ""), "tls/keystore is empty"));
    }

    @ParameterizedTest
    @MethodSource("unfitSecrets")
    void saysWhatIsWrongWithASecretAndNeverItsValue(String secret, SecretData raw, String message) {
        assertThat(renderer.prepare(secret, raw)).isInstanceOfSatisfying(Prepared.Unfit.class, unfit -> {
            assertThat(unfit.problem().secret()).isEqualTo(secret);
            assertThat(unfit.problem().message()).isEqualTo(message);
            assertThat(unfit.problem().hint()).isNotEmpty();
            assertThat(unfit.toString().contains("canary")).isFalse();
        });
    }

    @Test
    void takesAFileOfAnyBytesThatNoPropertiesFileDrawsFrom() {
        SecretData raw = new SecretData(
                "1", new TreeMap<>(Map.of("token", SecretValue.ofUtf8("t"), "größe", SecretValue.of(NOT_UTF8))));
        assertThat(render(Map.of("extra", raw)).files().get("extra/größe").content())
                .isEqualTo(SecretValue.of(NOT_UTF8));
    }

    @Test
    void refusesToRenderWhatWasNotPrepared() {
        TreeMap<String, SecretData> unprepared = new TreeMap<>(Map.of("extra", data("../token", CANARY, "token", "t")));
        assertThatThrownBy(() -> renderer.render(unprepared))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds a slash");
        TreeMap<String, SecretData> unknown = new TreeMap<>(Map.of("..data", data("token", "t")));
        assertThatThrownBy(() -> renderer.render(unknown)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesSettingsWhoseOutputsCollide() {
        Set<String> secrets = Set.of("db");
        Map<String, FileSettings.Reference> entry = Map.of("p", new FileSettings.Reference("db", "password"));
        FileSettings one = properties("app.properties", entry, 0440);
        FileSettings inTree = properties("db/password", entry, 0440);
        FileSettings ofNone = properties("app.properties", Map.of("p", new FileSettings.Reference("other", "p")), 0440);
        FileSettings setgid = properties("app.properties", entry, 02440);
        for (List<FileSettings> files : List.of(List.of(one, one), List.of(inTree), List.of(ofNone), List.of(setgid))) {
            assertThatThrownBy(() -> Renderer.of(new OutputSettings(secrets, Map.of(), Set.of(), files, 0440)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Renderer.of(new OutputSettings(Set.of("a/b"), Map.of(), Set.of(), List.of(), 0440)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutputSettings(secrets, Map.of(), Set.of(), List.of(), 04440))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mode: 04440");
    }

    private static FileSettings properties(String path, Map<String, FileSettings.Reference> entries, int mode) {
        return new FileSettings(path, mode, new FileSettings.Entries(FileSettings.Format.PROPERTIES, entries));
    }

    private Rendered render(Map<String, SecretData> raw) {
        TreeMap<String, SecretData> fit = new TreeMap<>();
        raw.forEach((secret, data) -> assertThat(renderer.prepare(secret, data))
                .isInstanceOfSatisfying(Prepared.Fit.class, prepared -> fit.put(secret, prepared.data())));
        return renderer.render(fit);
    }

    private static SecretData data(String... keysAndValues) {
        TreeMap<String, SecretValue> values = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], SecretValue.ofUtf8(keysAndValues[i + 1]));
        }
        return new SecretData("1", values);
    }
}
