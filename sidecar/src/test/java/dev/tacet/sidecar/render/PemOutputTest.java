package dev.tacet.sidecar.render;

import static dev.tacet.sidecar.render.Rendering.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.config.FileSettings.Part;
import dev.tacet.sidecar.config.FileSettings.Pem;
import dev.tacet.sidecar.config.FileSettings.TlsKeys;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.Requires;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PemOutputTest {
    private static final TestPki ROOT = TestPki.selfSigned("root", "EC-secp256r1");
    private static final TestPki ISSUER = ROOT.issue("issuer", "RSA-2048", true);
    private static final TestPki NEARER = ISSUER.issue("nearer", "EC-secp384r1", true);
    private static final TestPki LEAF = NEARER.issue("leaf", "EC-secp256r1", false);
    private static final TestPki STRANGER = TestPki.selfSigned("stranger", "EC-secp256r1");

    @Test
    void writesEachPart() {
        SecretData web = web(LEAF.pkcs8Key(), LEAF.pem(), NEARER.pem() + ISSUER.pem() + ROOT.pem());
        String key = LEAF.pkcs8Key();
        String chain = LEAF.pem() + NEARER.pem() + ISSUER.pem();
        assertThat(pem(Part.KEY, false, web)).isEqualTo(key);
        assertThat(pem(Part.LEAF, false, web)).isEqualTo(LEAF.pem());
        assertThat(pem(Part.CHAIN, false, web)).isEqualTo(chain);
        assertThat(pem(Part.BUNDLE, false, web)).isEqualTo(key + chain);
        assertThat(pem(Part.CHAIN, true, web)).isEqualTo(chain + ROOT.pem());
    }

    static Stream<String> issuers() throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        return Stream.of(
                NEARER.pem() + ISSUER.pem(),
                // in another order, with a root, twice, with a stranger, with the leaf itself
                ISSUER.pem() + NEARER.pem(),
                ROOT.pem() + ISSUER.pem() + NEARER.pem(),
                NEARER.pem() + NEARER.pem() + ISSUER.pem(),
                STRANGER.pem() + NEARER.pem() + ISSUER.pem(),
                LEAF.pem() + NEARER.pem() + ISSUER.pem(),
                // line endings of other systems, and notes between the blocks
                NEARER.pem().replace("\n", "\r\n") + ISSUER.pem().replace("\n", "\r"),
                "subject=nearer\n" + NEARER.pem() + "\n\nsubject=issuer\n"
                        + ISSUER.pem().stripTrailing(),
                // a vault's list, which reaches us as JSON
                json.writeValueAsString(
                        List.of(NEARER.pem().stripTrailing(), ISSUER.pem().stripTrailing())),
                json.writeValueAsString(List.of(ISSUER.pem(), NEARER.pem(), ROOT.pem())));
    }

    @ParameterizedTest
    @MethodSource("issuers")
    void putsTheChainInOrder(String issuers) {
        assertThat(pem(Part.CHAIN, false, web(LEAF.pkcs8Key(), LEAF.pem(), issuers)))
                .isEqualTo(LEAF.pem() + NEARER.pem() + ISSUER.pem());
    }

    @Test
    void findsIssuersWhereVaultsAndOthersPutThem() {
        String chain = LEAF.pem() + NEARER.pem();
        assertThat(pem(Part.CHAIN, false, data("private_key", LEAF.pkcs8Key(), "certificate", chain)))
                .isEqualTo(chain);
        assertThat(pem(
                        Part.CHAIN,
                        false,
                        data("private_key", LEAF.pkcs8Key(), "certificate", LEAF.pem(), "issuing_ca", NEARER.pem())))
                .isEqualTo(chain);
        // an issuer that is the root: nothing is between
        TestPki direct = ROOT.issue("direct", "Ed25519", false);
        assertThat(pem(Part.CHAIN, false, web(direct.pkcs8Key(), direct.pem(), ROOT.pem())))
                .isEqualTo(direct.pem());
        assertThat(pem(Part.CHAIN, false, data("private_key", STRANGER.pkcs8Key(), "certificate", STRANGER.pem())))
                .isEqualTo(STRANGER.pem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-2048", "EC-secp256r1", "EC-secp384r1", "EC-secp521r1", "EC-secp256k1", "Ed25519"})
    void takesEveryFormOfKeyAndWritesPkcs8(String algorithm) {
        TestPki leaf = ROOT.issue("leaf", algorithm, false);
        Requires.programs("openssl");
        for (String key : List.of(
                leaf.pkcs8Key(), leaf.traditionalKey(), leaf.traditionalKey().replace("\n", "\r\n"))) {
            String written = pem(Part.KEY, false, web(key, leaf.pem(), ROOT.pem()));
            assertThat(written).startsWith("-----BEGIN PRIVATE KEY-----\n").doesNotContain("\r");
            assertThat(openssl(written, "openssl", "pkey", "-pubout"))
                    .isEqualTo(openssl(leaf.pem(), "openssl", "x509", "-noout", "-pubkey"));
        }
    }

    static Stream<Arguments> unfit() throws Exception {
        String key = LEAF.pkcs8Key();
        String encrypted = TestPki.written(new JcaPKCS8Generator(
                LEAF.keys().getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                        .setProvider(Bouncy.PROVIDER)
                        .setPassword("for-tests".toCharArray())
                        .build()));
        return Stream.of(
                // another key: of the same kind, of another
                Arguments.of(
                        web(NEARER.pkcs8Key(), LEAF.pem(), NEARER.pem()),
                        "web/private_key does not fit web/certificate"),
                Arguments.of(
                        web(STRANGER.pkcs8Key(), LEAF.pem(), NEARER.pem()),
                        "web/private_key does not fit web/certificate"),
                Arguments.of(
                        web(ISSUER.pkcs8Key(), LEAF.pem(), NEARER.pem()),
                        "web/private_key does not fit web/certificate"),
                // the issuer first: the key fits the leaf, and that is not the first
                Arguments.of(
                        web(key, NEARER.pem() + LEAF.pem(), ISSUER.pem()),
                        "web/private_key does not fit web/certificate"),
                // issuers of something else; a name alone is no issuer
                Arguments.of(
                        web(key, LEAF.pem(), STRANGER.pem()),
                        "none of the certificates beside web/certificate issued it"),
                Arguments.of(
                        web(key, LEAF.pem(), ROOT.pem()), "none of the certificates beside web/certificate issued it"),
                Arguments.of(
                        web(
                                key,
                                LEAF.pem(),
                                TestPki.selfSigned("nearer", "EC-secp384r1").pem()),
                        "none of the certificates beside web/certificate issued it"),
                // missing, or something else
                Arguments.of(data("certificate", LEAF.pem()), "web/private_key is missing, and tls.pem draws from it"),
                Arguments.of(data("private_key", key), "web/certificate is missing, and tls.pem draws from it"),
                Arguments.of(web(LEAF.pem(), LEAF.pem(), NEARER.pem()), "web/private_key holds no PEM private key"),
                Arguments.of(web(key + key, LEAF.pem(), NEARER.pem()), "web/private_key holds several keys"),
                Arguments.of(web(encrypted, LEAF.pem(), NEARER.pem()), "web/private_key is encrypted"),
                Arguments.of(web(key, key, NEARER.pem()), "web/certificate holds no PEM certificate"),
                // damaged: cut, line breaks lost, not base64, not JSON
                Arguments.of(
                        web(key.substring(0, 60), LEAF.pem(), NEARER.pem()),
                        "web/private_key holds a PEM block that cannot be read"),
                Arguments.of(
                        web(key.replace("\n", "\\n"), LEAF.pem(), NEARER.pem()),
                        "web/private_key holds no PEM private key"),
                Arguments.of(
                        web(key, LEAF.pem().replace("M", "*"), NEARER.pem()),
                        "web/certificate holds a PEM block that cannot be read"),
                Arguments.of(
                        web(key, LEAF.pem(), "[\"" + NEARER.pem()),
                        "web/ca_chain is neither PEM nor a JSON list of PEM"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void refusesWhatServersWouldRefuse_row27(SecretData web, String message) {
        Problem problem = new Rendering(file(Part.BUNDLE, false)).unfit("web", web);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.hint()).isNotBlank();
        // how base64 of any key or certificate begins
        assertThat(web.values().values())
                .anySatisfy(value -> assertThat(value.reveal()).asString().contains("MI"));
        assertThat(problem.toString()).doesNotContain("MI");
    }

    @Test
    void isLeftOutWhileItsSecretIsNotThere() {
        Rendered rendered = new Rendering(file(Part.KEY, false)).render(Map.of("db", data("a", "b")));
        assertThat(rendered.files()).containsOnlyKeys("db/a");
        assertThat(rendered.problems()).isEmpty();
    }

    private static SecretData web(String key, String certificate, String chain) {
        return data("private_key", key, "certificate", certificate, "ca_chain", chain);
    }

    private static FileSettings file(Part part, boolean root) {
        TlsKeys keys = new TlsKeys("web", "certificate", "private_key", Optional.empty());
        return new FileSettings("tls.pem", 0400, new Pem(keys, part, root));
    }

    private static String pem(Part part, boolean root, SecretData web) {
        return Rendering.text(new Rendering(file(part, root)).render(Map.of("web", web)), "tls.pem");
    }

    private static String openssl(String input, String... command) {
        Command ran = Command.run(List.of(command), input.getBytes(StandardCharsets.US_ASCII));
        assertThat(ran.exit()).as(ran.err()).isZero();
        return new String(ran.out(), StandardCharsets.US_ASCII);
    }
}
