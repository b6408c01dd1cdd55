package dev.tacet.sidecar.source;

import static dev.tacet.sidecar.source.Fetches.failed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.VaultSettings;
import dev.tacet.sidecar.source.Failure.Kind;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.Postgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every engine that secrets come from, on a real OpenBao; the database engine on a real PostgreSQL. */
final class EnginesIT {
    @TempDir
    private static Path directory;

    private static OpenBao bao;
    private static VaultSource source;

    @BeforeAll
    static void start() throws IOException {
        bao = OpenBao.inMemory(directory);
        source = source(bao.rootToken());
    }

    @AfterAll
    static void stop() {
        bao.close();
    }

    private static VaultSource source(String token) throws IOException {
        Path file = Files.writeString(Files.createTempFile(directory, "token", ""), token);
        VaultSettings settings = new VaultSettings(
                bao.address(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10),
                new VaultSettings.TokenFile(file));
        return new VaultSource(settings, (name, value) -> {}, Clock.systemUTC(), new Random(1));
    }

    private static Fetch.Found found(Fetch fetch) {
        Fetches.found(fetch);
        return (Fetch.Found) fetch;
    }

    private static String text(Fetch.Found found, String key) {
        return new String(found.data().values().get(key).reveal(), UTF_8);
    }

    @Test
    void readsKvVersion1WithoutAProbe_row38b() {
        bao.call("POST", "sys/mounts/old", Map.of("type", "kv", "options", Map.of("version", "1")));
        bao.call("POST", "old/app/db", Map.of("password", "one", "port", 5432));
        Fetch.Found found = found(source.fetch(new Origin.Kv1("old", "app/db")));
        assertThat(text(found, "password")).isEqualTo("one");
        assertThat(text(found, "port")).isEqualTo("5432");
        assertThat(found.data().version()).as("it counts none").isEmpty();
        assertThat(found.life()).isEqualTo(new Life.Unbounded());
    }

    @Test
    void readsThePinnedVersionUntilItIsDeleted() {
        bao.writeKv("secret", "pinned", Map.of("password", "first"));
        bao.writeKv("secret", "pinned", Map.of("password", "second"));
        Origin pinned = new Origin.Kv2("secret", "pinned", OptionalInt.of(1));
        assertThat(text(found(source.fetch(pinned)), "password")).isEqualTo("first");
        assertThat(text(found(source.fetch(new Origin.Kv2("secret", "pinned"))), "password"))
                .isEqualTo("second");
        bao.call("POST", "secret/delete/pinned", Map.of("versions", new int[] {1}));
        Failure failure = failed(source.fetch(pinned));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure.message()).isEqualTo("that version of secret/pinned is deleted");
        assertThat(text(found(source.fetch(new Origin.Kv2("secret", "pinned"))), "password"))
                .isEqualTo("second");
    }

    @Test
    void readsWhatDeletesItselfUntilItDoes() throws InterruptedException {
        bao.writeKv("secret", "fleeting", Map.of("password", "short"));
        bao.call("POST", "secret/metadata/fleeting", Map.of("delete_version_after", "2s"));
        bao.writeKv("secret", "fleeting", Map.of("password", "shorter"));
        Origin origin = new Origin.Kv2("secret", "fleeting");
        assertThat(text(found(source.fetch(origin)), "password")).isEqualTo("shorter");
        dev.tacet.sidecar.testing.Wait.until(
                "the vault deletes it", Duration.ofSeconds(10), () -> source.fetch(origin) instanceof Fetch.Failed);
        assertThat(failed(source.fetch(origin)).message())
                .isEqualTo("the current version of secret/fleeting is deleted");
    }

    @Test
    void makesRenewsAndRevokesADatabaseUserAndSeesARotationByHand_row34() throws IOException {
        try (Postgres postgres = Postgres.start()) {
            postgres.dynamicRole(bao, "60s", "90s");
            Fetch.Found found = found(source.fetch(new Origin.Dynamic("database/creds/app", Map.of())));
            String user = text(found, "username");
            String password = text(found, "password");
            assertThat(postgres.accepts(user, password)).isTrue();
            Lease lease = found.life().end().orElseThrow();
            assertThat(lease.id()).startsWith("database/creds/app/");
            assertThat(lease.ttl()).isEqualTo(Duration.ofSeconds(60));
            assertThat(lease.renewable()).isTrue();

            Lease renewed = ((Renewal.Renewed) source.renew(lease, Duration.ofHours(1))).lease();
            assertThat(renewed.ttl())
                    .as("no more than the longest time allowed")
                    .isBetween(Duration.ofSeconds(80), Duration.ofSeconds(90));
            assertThat(renewed.id()).isEqualTo(lease.id());

            assertThat(source.revoke(renewed)).isEmpty();
            assertThat(postgres.accepts(user, password)).as("after its end").isFalse();
            assertThat(source.renew(lease, Duration.ofSeconds(60))).isInstanceOf(Renewal.Over.class);
            assertThat(source.revoke(lease)).as("ended already").isEmpty();

            postgres.staticRole(bao, "1h");
            Fetch.Found report = found(source.fetch(new Origin.StaticRole("database/static-creds/report")));
            assertThat(report.data().values()).containsOnlyKeys("username", "password");
            assertThat(postgres.accepts("report", text(report, "password"))).isTrue();
            assertThat(((Life.Rotating) report.life()).left())
                    .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
            bao.call("POST", "database/rotate-role/report", Map.of());
            Fetch.Found rotated = found(source.fetch(new Origin.StaticRole("database/static-creds/report")));
            assertThat(rotated.data()).isNotEqualTo(report.data());
            assertThat(postgres.accepts("report", text(report, "password"))).isFalse();

            Failure unknown = failed(source.fetch(new Origin.Dynamic("database/creds/none", Map.of())));
            assertThat(unknown.kind()).isEqualTo(Kind.CONFIGURATION);
            bao.allowReading("app", "database/creds/app");
            refusesABatchToken();
            renewsWithNoMoreThanTheDefaultPolicy();
        }
    }

    private void refusesABatchToken() throws IOException {
        String batch = bao.call("POST", "auth/token/create", Map.of("type", "batch", "policies", List.of("app")))
                .path("auth")
                .path("client_token")
                .asText();
        Failure failure = failed(source(batch).fetch(new Origin.Dynamic("database/creds/app", Map.of())));
        assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(failure.message()).contains("batch token");
    }

    private void renewsWithNoMoreThanTheDefaultPolicy() throws IOException {
        VaultSource narrow = source(bao.token("app"));
        Lease lease = found(narrow.fetch(new Origin.Dynamic("database/creds/app", Map.of())))
                .life()
                .end()
                .orElseThrow();
        assertThat(narrow.renew(lease, lease.ttl())).isInstanceOf(Renewal.Renewed.class);
        assertThat(narrow.revoke(lease).map(Failure::kind))
                .as("revoking")
                .isIn(Optional.empty(), Optional.of(Kind.DENIED));
    }

    @Test
    void issuesACertificateAndSignsOneForAKeyOfItsOwn() throws Exception {
        bao.call("POST", "sys/mounts/pki", Map.of("type", "pki"));
        bao.call("POST", "pki/root/generate/internal", Map.of("common_name", "Test CA", "ttl", "24h"));
        bao.call(
                "POST",
                "pki/roles/web",
                Map.of("allowed_domains", "example", "allow_subdomains", true, "max_ttl", "1h", "key_type", "ec"));
        for (String way : new String[] {"issue", "sign"}) {
            Origin.Certificate origin = new Origin.Certificate(
                    "pki/" + way + "/web",
                    Map.of("common_name", "app.example", "ttl", "30m", "alt_names", "b.example"),
                    true);
            Fetch.Found found = found(source.fetch(origin));
            X509Certificate leaf = certificate(text(found, "certificate"));
            assertThat(leaf.getSubjectX500Principal().getName()).contains("app.example");
            assertThat(leaf.getSubjectAlternativeNames().toString()).contains("b.example");
            assertThat(((Life.Expiring) found.life()).left()).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(31));
            assertThat(fits(text(found, "private_key"), leaf)).as(way).isTrue();
            Lease end = found.life().end().orElseThrow();
            assertThat(end.kind()).isEqualTo(Lease.Kind.CERTIFICATE);
            assertThat(source.revoke(end)).isEmpty();
            assertThat(bao.call("GET", "pki/cert/" + end.id().substring(end.id().indexOf(' ') + 1), Map.of())
                            .path("data")
                            .path("revocation_time")
                            .asLong())
                    .isPositive();
        }
        Failure refused = failed(
                source.fetch(new Origin.Certificate("pki/issue/web", Map.of("common_name", "elsewhere.test"), false)));
        assertThat(refused.kind()).isEqualTo(Kind.CONFIGURATION);
    }

    private static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8)));
    }

    private static boolean fits(String pem, X509Certificate leaf) throws Exception {
        String algorithm = leaf.getPublicKey().getAlgorithm();
        byte[] bytes = pem.getBytes(UTF_8);
        Object parsed = new org.bouncycastle.openssl.PEMParser(new java.io.StringReader(pem)).readObject();
        java.security.PrivateKey key = parsed instanceof org.bouncycastle.openssl.PEMKeyPair pair
                ? new org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo())
                : KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(
                                ((org.bouncycastle.asn1.pkcs.PrivateKeyInfo) parsed).getEncoded()));
        Signature signature = Signature.getInstance(algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(key);
        signature.update(bytes);
        byte[] signed = signature.sign();
        signature.initVerify(leaf);
        signature.update(bytes);
        return signature.verify(signed);
    }

    @Test
    void decryptsWithTransitInOneRequest() {
        bao.call("POST", "sys/mounts/transit", Map.of("type", "transit"));
        bao.call("POST", "transit/keys/app", Map.of());
        byte[] binary = {0, 1, (byte) 0xff, '\n'};
        Origin origin = new Origin.Decrypted(
                "transit/decrypt/app", Map.of("password", encrypt("secret".getBytes(UTF_8)), "blob", encrypt(binary)));
        Fetch.Found found = found(source.fetch(origin));
        assertThat(text(found, "password")).isEqualTo("secret");
        assertThat(found.data().values().get("blob").equals(SecretValue.of(binary)))
                .isTrue();
        Failure failure =
                failed(source.fetch(new Origin.Decrypted("transit/decrypt/app", Map.of("password", "vault:v1:AAAA"))));
        assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
    }

    private static String encrypt(byte[] plain) {
        return bao.call(
                        "POST",
                        "transit/encrypt/app",
                        Map.of("plaintext", Base64.getEncoder().encodeToString(plain)))
                .path("data")
                .path("ciphertext")
                .asText();
    }

    @Test
    void readsAndWritesAnyOtherPath() {
        Fetch.Found read = found(source.fetch(new Origin.Logical("auth/token/lookup-self", Map.of())));
        assertThat(text(read, "display_name")).isEqualTo("root");
        Fetch.Found written = found(source.fetch(new Origin.Logical("sys/tools/random/16", Map.of("format", "hex"))));
        assertThat(text(written, "random_bytes")).hasSize(32);
        assertThat(failed(source.fetch(new Origin.Dynamic("auth/token/lookup-self", Map.of())))
                        .message())
                .contains("carries no lease");
    }
}
