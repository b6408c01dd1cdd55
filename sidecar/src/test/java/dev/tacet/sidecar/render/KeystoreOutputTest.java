package dev.tacet.sidecar.render;

import static dev.tacet.sidecar.render.Rendering.data;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.config.FileSettings.Keystore;
import dev.tacet.sidecar.config.FileSettings.TlsKeys;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.Requires;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeystoreOutputTest {
    private static final String STORE = "tls/keystore.p12";
    private static final String PASSWORD = "tls/password";
    private static final TestPki ROOT = TestPki.selfSigned("root", "EC-secp256r1");
    private static final TestPki ISSUER = ROOT.issue("issuer", "RSA-2048", true);
    private static final TestPki LEAF = ISSUER.issue("leaf", "EC-secp256r1", false);
    private static final TestPki NEXT = ISSUER.issue("leaf", "EC-secp256r1", false);

    @TempDir
    Path directory;

    private final Rendering rendering = new Rendering(file("https", false, 0400));

    @ParameterizedTest
    @ValueSource(strings = {"RSA-2048", "EC-secp256r1", "EC-secp384r1", "EC-secp521r1", "Ed25519"})
    void opensInJavaWithKeyAndChainInOrder(String algorithm) throws Exception {
        TestPki leaf = ISSUER.issue("leaf", algorithm, false);
        for (String key : List.of(leaf.pkcs8Key(), leaf.traditionalKey())) {
            KeyStore store = opened(rendering.render(Map.of("web", web(key, leaf))));
            assertThat(Collections.list(store.aliases())).containsExactly("https");
            assertThat(store.getCertificateChain("https"))
                    .extracting(certificate -> TestPki.written(certificate))
                    .containsExactly(leaf.pem(), ISSUER.pem());
            assertThat(store.getCertificate("https").getPublicKey().getEncoded())
                    .isEqualTo(leaf.keys().getPublic().getEncoded());
            assertThat(store.isKeyEntry("https")).isTrue();
        }
    }

    @Test
    void endsWithTheRootOnRequest() throws Exception {
        KeyStore store = opened(new Rendering(file("https", true, 0440)).render(Map.of("web", web(LEAF))));
        assertThat(store.getCertificateChain("https")).hasSize(3);
    }

    @Test
    void opensInOpenSslAndIsEncryptedAsJavaDoesIt() throws Exception {
        Requires.programs("openssl");
        Path store = written(rendering.render(Map.of("web", web(LEAF))));
        Command info = Command.run(
                List.of(
                        "openssl",
                        "pkcs12",
                        "-info",
                        "-noout",
                        "-in",
                        store.toString(),
                        "-passin",
                        "file:" + directory.resolve("password")),
                new byte[0]);
        assertThat(info.exit()).isZero();
        assertThat(info.err())
                .contains("MAC: sha256, Iteration 10000")
                .contains("Shrouded Keybag: PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256")
                .contains("PKCS7 Encrypted data: PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256");
    }

    @Test
    void opensInEveryJavaOnTheMachine() throws Exception {
        Path store = written(rendering.render(Map.of("web", web(LEAF))));
        Path jvms = Path.of("/usr/lib/jvm");
        Requires.that(Files.isDirectory(jvms), "no JDKs in " + jvms);
        List<Path> keytools;
        try (Stream<Path> homes = Files.list(jvms)) {
            keytools = homes.map(home -> home.resolve("bin/keytool"))
                    .filter(Files::isExecutable)
                    .toList();
        }
        assertThat(keytools)
                .isNotEmpty()
                .allSatisfy(keytool -> assertThat(Command.output(
                                keytool.toString(),
                                "-J-Duser.language=en",
                                "-list",
                                "-v",
                                "-keystore",
                                store.toString(),
                                "-storepass:file",
                                directory.resolve("password").toString()))
                        .contains("Alias name: https")
                        .contains("Entry type: PrivateKeyEntry")
                        .contains("Certificate chain length: 2"));
    }

    @Test
    void isCarriedOverWithItsPasswordWhileItsInputsAreTheSame() {
        Rendered first = rendering.render(Map.of("web", web(LEAF), "db", data("a", "b")));
        // another secret changed, and of this one what is not drawn from
        SecretData touched = data(
                "private_key",
                LEAF.traditionalKey(),
                "certificate",
                LEAF.pem().replace("\n", "\r\n"),
                "ca_chain",
                ROOT.pem() + ISSUER.pem(),
                "serial_number",
                "07");
        Rendered second = rendering.render(Map.of("web", touched, "db", data("a", "c")), Previous.of(first));
        assertThat(second.files().get(STORE)).isEqualTo(first.files().get(STORE));
        assertThat(second.files().get(PASSWORD)).isEqualTo(first.files().get(PASSWORD));
        assertThat(second.generated()).isEqualTo(first.generated());
        // a process that was started anew knows the published bytes only
        Rendered restarted = new Rendering(file("https", false, 0400))
                .render(
                        Map.of("web", web(LEAF)),
                        path -> Optional.ofNullable(first.files().get(path)).map(RenderedFile::content));
        assertThat(restarted.files().get(STORE)).isEqualTo(first.files().get(STORE));
    }

    @Test
    void isMadeAnewWithItsPasswordWhenAnInputChanges() throws Exception {
        Rendered first = rendering.render(Map.of("web", web(LEAF)));
        List<Rendered> others = List.of(
                rendering.render(Map.of("web", web(NEXT)), Previous.of(first)),
                new Rendering(file("other", false, 0400)).render(Map.of("web", web(LEAF)), Previous.of(first)),
                new Rendering(file("https", true, 0400)).render(Map.of("web", web(LEAF)), Previous.of(first)),
                rendering.render(Map.of("web", web(LEAF))));
        for (Rendered other : others) {
            assertThat(other.files().get(STORE)).isNotEqualTo(first.files().get(STORE));
            assertThat(other.files().get(PASSWORD)).isNotEqualTo(first.files().get(PASSWORD));
            opened(other);
        }
    }

    @Test
    void isNotCarriedOverWithAnotherPasswordOrDamaged() throws Exception {
        Rendered first = rendering.render(Map.of("web", web(LEAF)));
        byte[] damaged = first.files().get(STORE).content().reveal();
        damaged[damaged.length / 2] ^= 1;
        List<Previous> unfit = List.of(
                path -> Optional.of(SecretValue.of(damaged)),
                path -> path.equals(STORE) ? Previous.of(first).content(path) : Optional.empty(),
                path -> path.equals(STORE)
                        ? Previous.of(first).content(path)
                        : Optional.of(SecretValue.ofUtf8("x".repeat(32))),
                path -> path.equals(STORE)
                        ? Optional.of(SecretValue.of(damaged))
                        : Previous.of(first).content(path));
        for (Previous previous : unfit) {
            Rendered made = rendering.render(Map.of("web", web(LEAF)), previous);
            assertThat(made.generated().get(PASSWORD))
                    .isNotEqualTo(first.generated().get(PASSWORD));
            opened(made);
        }
    }

    @Test
    void takesANewModeWithoutNewBytes_row18_row20() {
        Rendered first = rendering.render(Map.of("web", web(LEAF)));
        Rendered second =
                new Rendering(file("https", false, 0444)).render(Map.of("web", web(LEAF)), Previous.of(first));
        assertThat(first.files().get(STORE).mode()).isEqualTo(0400);
        assertThat(first.files().get(PASSWORD).mode()).isEqualTo(0400);
        assertThat(second.files().get(STORE))
                .isEqualTo(new RenderedFile(first.files().get(STORE).content(), 0444));
    }

    @Test
    void tellsOfTheSecretThatItMade() {
        Rendered rendered = rendering.render(Map.of("web", web(LEAF)));
        assertThat(rendered.generated()).containsOnlyKeys(PASSWORD);
        assertThat(rendered.generated().get(PASSWORD))
                .isEqualTo(rendered.files().get(PASSWORD).content());
        assertThat(Rendering.text(rendered, PASSWORD)).matches("[A-Za-z0-9_-]{32}");
        assertThat(rendered.toString()).doesNotContain(Rendering.text(rendered, PASSWORD));
    }

    @Test
    void takesThePasswordFromTheRandomNumbersGiven() {
        SecureRandom zeros = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 0);
            }
        };
        Renderer renderer = Renderer.of(
                new OutputSettings(Set.of("web"), Map.of(), Set.of(), List.of(file("https", false, 0400)), 0440),
                zeros);
        assertThat(renderer.render(new TreeMap<>(Map.of("web", web(LEAF)))).generated())
                .containsEntry(PASSWORD, SecretValue.ofUtf8("A".repeat(32)));
    }

    @Test
    void refusesAKeyThatJavaCannotRead() {
        TestPki leaf = ISSUER.issue("leaf", "SLH-DSA-SHA2-128F", false);
        assertThat(rendering.unfit("web", web(leaf)).message()).isEqualTo(STORE + " cannot be opened by Java itself");
    }

    @Test
    void refusesAKeyOfAnotherCertificate_row27() {
        assertThat(rendering.unfit("web", web(NEXT.pkcs8Key(), LEAF)).message())
                .isEqualTo("web/private_key does not fit web/certificate");
    }

    @Test
    void isLeftOutWhileItsSecretIsNotThere() {
        Rendered rendered = rendering.render(Map.of("db", data("a", "b")));
        assertThat(rendered.files()).containsOnlyKeys("db/a");
        assertThat(rendered.generated()).isEmpty();
    }

    @Test
    void registersNoProvider() {
        rendering.render(Map.of("web", web(LEAF)));
        assertThat(Security.getProvider("BC")).isNull();
    }

    private static FileSettings file(String alias, boolean root, int mode) {
        TlsKeys keys = new TlsKeys("web", "certificate", "private_key", Optional.empty());
        return new FileSettings(STORE, mode, new Keystore(keys, root, alias, PASSWORD));
    }

    private static SecretData web(TestPki leaf) {
        return web(leaf.pkcs8Key(), leaf);
    }

    private static SecretData web(String key, TestPki leaf) {
        return data("private_key", key, "certificate", leaf.pem(), "ca_chain", ISSUER.pem() + ROOT.pem());
    }

    private static KeyStore opened(Rendered rendered) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = Rendering.text(rendered, PASSWORD).toCharArray();
        store.load(
                new ByteArrayInputStream(rendered.files().get(STORE).content().reveal()), password);
        assertThat(store.getKey(store.aliases().nextElement(), password)).isNotNull();
        return store;
    }

    private Path written(Rendered rendered) throws Exception {
        Files.write(
                directory.resolve("password"),
                Rendering.text(rendered, PASSWORD).getBytes(StandardCharsets.US_ASCII));
        return Files.write(
                directory.resolve("keystore.p12"),
                rendered.files().get(STORE).content().reveal());
    }
}
