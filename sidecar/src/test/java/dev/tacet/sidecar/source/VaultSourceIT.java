package dev.tacet.sidecar.source;

import static dev.tacet.sidecar.source.Fetches.assertValue;
import static dev.tacet.sidecar.source.Fetches.failed;
import static dev.tacet.sidecar.source.Fetches.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.VaultSettings;
import dev.tacet.sidecar.source.Failure.Kind;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.TestCertificate;
import dev.tacet.sidecar.testing.Wait;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultSourceIT {
    private static final Origin.Kv2 DB = new Origin.Kv2("secret", "app/db");

    private static OpenBao bao;

    @TempDir
    Path directory;

    private Path tokenFile;

    @BeforeAll
    static void startVault(@TempDir Path home) {
        bao = OpenBao.inMemory(home);
    }

    @AfterAll
    static void endVault() {
        bao.close();
    }

    @BeforeEach
    void writeRootToken() throws Exception {
        tokenFile = Files.writeString(directory.resolve("token"), bao.rootToken() + "\n");
    }

    private VaultSettings settings() {
        return settings(bao.address(), Optional.empty(), Optional.empty());
    }

    private VaultSettings settings(URI address, Optional<String> namespace, Optional<Path> caFile) {
        return new VaultSettings(
                address, namespace, caFile, Duration.ofSeconds(10), new VaultSettings.TokenFile(tokenFile));
    }

    private static VaultSource source(VaultSettings settings) {
        return new VaultSource(settings, (name, value) -> {}, Clock.systemUTC(), new Random(1));
    }

    @Test
    void readsTheCurrentVersionAndItsNumber() {
        String first = UUID.randomUUID().toString();
        String second = UUID.randomUUID().toString();
        long written = bao.writeKv("secret", "app/db", Map.of("password", first, "username", "app"));
        try (VaultSource source = source(settings())) {
            SecretData before = found(source.fetch(DB));
            assertThat(before.version()).isEqualTo(Long.toString(written));
            assertThat(before.values()).containsOnlyKeys("password", "username");
            assertValue(before, "password", first.getBytes(StandardCharsets.UTF_8));

            bao.writeKv("secret", "app/db", Map.of("password", second));
            SecretData after = found(source.fetch(DB));
            assertThat(after.version()).isEqualTo(Long.toString(written + 1));
            assertThat(after.values()).containsOnlyKeys("password");
            assertValue(after, "password", second.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void keepsEveryCharacterAndTheTextOfOtherTypes() {
        String odd = "p\u00e4ss\u4e16\ud83d\ude00\"\\\u0000\u2028 %";
        String large = "x".repeat((1 << 20) - 1) + "\u00e9";
        Map<String, Object> values = new HashMap<>();
        values.put("odd \u00fc/..", odd);
        values.put("large", large);
        values.put("port", 5432);
        values.put("ratio", 1.5);
        values.put("on", true);
        values.put("nested", Map.of("a", List.of(1, "b")));
        values.put("nothing", null);
        values.put("empty", "");
        bao.writeKv("secret", "types", values);

        try (VaultSource source = source(settings())) {
            SecretData data = found(source.fetch(new Origin.Kv2("secret", "types")));
            // null is no value; an empty string is one, and the caller's to refuse
            assertThat(data.values())
                    .containsOnlyKeys("odd \u00fc/..", "large", "port", "ratio", "on", "nested", "empty");
            assertValue(data, "odd \u00fc/..", odd.getBytes(StandardCharsets.UTF_8));
            assertValue(data, "large", large.getBytes(StandardCharsets.UTF_8));
            assertValue(data, "port", "5432".getBytes(StandardCharsets.UTF_8));
            assertValue(data, "ratio", "1.5".getBytes(StandardCharsets.UTF_8));
            assertValue(data, "on", "true".getBytes(StandardCharsets.UTF_8));
            assertValue(data, "nested", "{\"a\":[1,\"b\"]}".getBytes(StandardCharsets.UTF_8));
            assertValue(data, "empty", new byte[0]);
        }
    }

    @Test
    void readsBelowAMountWithSlashesAndAPathOfAnyCharacters() {
        bao.mountKv2("team/kv");
        // a space, a percent sign that is no escape, one that looks like one, a letter beyond ASCII, a plus
        for (String path : List.of("a b/c", "100%", "%41", "\u00e9t\u00e9", "a+b")) {
            String encoded = java.net.URLEncoder.encode(path, StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("%2F", "/");
            bao.writeKv("team/kv", encoded, Map.of("key", "value of " + path));
            try (VaultSource source = source(settings())) {
                SecretData data = found(source.fetch(new Origin.Kv2("team/kv", path)));
                assertValue(data, "key", ("value of " + path).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void refusesAPathThatTheServerWouldReadAsAnother() {
        for (String path : List.of("../../sys/mounts", "a//b", "a/./b", "", "a\nb")) {
            try (VaultSource source = source(settings())) {
                Failure failure = failed(source.fetch(new Origin.Kv2("secret", path)));
                assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
            }
        }
    }

    @Test
    void saysWhatIsMissing() {
        bao.call("POST", "sys/mounts/old", Map.of("type", "kv", "options", Map.of("version", "1")));
        bao.call("POST", "old/data/app", Map.of("a", "b"));
        String canary = UUID.randomUUID().toString();
        bao.writeKv("secret", "gone", Map.of("password", canary));
        assertThat(new String(bao.raw("secret/data/gone").body(), StandardCharsets.UTF_8))
                .contains(canary);
        bao.call("DELETE", "secret/data/gone", Map.of());

        try (VaultSource source = source(settings())) {
            Failure path = failed(source.fetch(new Origin.Kv2("secret", "none")));
            assertThat(path.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(path.message()).isEqualTo("no secret at secret/none");

            Failure mount = failed(source.fetch(new Origin.Kv2("none", "app/db")));
            assertThat(mount.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(mount.message()).isEqualTo("no engine is mounted at none/");

            Failure deleted = failed(source.fetch(new Origin.Kv2("secret", "gone")));
            assertThat(deleted.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(deleted.message()).isEqualTo("the current version of secret/gone is deleted");

            Failure engine = failed(source.fetch(new Origin.Kv2("old", "app")));
            assertThat(engine.kind()).isEqualTo(Kind.CONFIGURATION);
            assertThat(engine.message()).isEqualTo("the engine at old/ is not KV version 2");
        }
    }

    @Test
    void readsItsTokenFileAgainWhenTheTokenIsRefused() throws Exception {
        bao.writeKv("secret", "app/db", Map.of("password", "whatever"));
        bao.allowReading("app", "secret/data/app/db");
        String first = bao.token("app");
        Files.writeString(tokenFile, first);
        try (VaultSource source = source(settings())) {
            found(source.fetch(DB));
            bao.revoke(first);
            Failure refused = failed(source.fetch(DB));
            assertThat(refused.kind()).isEqualTo(Kind.DENIED);
            assertThat(refused.message()).isEqualTo("the vault denies reading secret/app/db");
            assertThat(refused.hint()).contains("path \"secret/data/app/db\" { capabilities = [\"read\"] }");

            Files.writeString(tokenFile, bao.token("app"));
            found(source.fetch(DB));
        }
    }

    @Test
    void tellsOfAWrongOrMissingOrMalformedToken() throws Exception {
        bao.writeKv("secret", "app/db", Map.of("password", "whatever"));
        String wrong = UUID.randomUUID().toString();
        Files.writeString(tokenFile, wrong);
        Failure refused = failed(source(settings()).fetch(DB));
        assertThat(refused.kind()).isEqualTo(Kind.DENIED);
        assertThat(refused.toString()).doesNotContain(wrong);

        Files.writeString(tokenFile, wrong + "\nX-Vault-Namespace: other");
        Failure twoLines = failed(source(settings()).fetch(DB));
        assertThat(twoLines.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(twoLines.toString()).doesNotContain(wrong);

        Files.writeString(tokenFile, "\n");
        assertThat(failed(source(settings()).fetch(DB)).message()).endsWith(" is empty");

        Files.delete(tokenFile);
        assertThat(failed(source(settings()).fetch(DB)).message()).endsWith(": no such file");
    }

    @Test
    void tellsThatTheVaultIsSealedAndGoesOnWhenItIsNot(@TempDir Path home) throws Exception {
        try (OpenBao own = OpenBao.inMemory(home)) {
            Files.writeString(tokenFile, own.rootToken());
            own.writeKv("secret", "app/db", Map.of("password", "whatever"));
            try (VaultSource source = source(settings(own.address(), Optional.empty(), Optional.empty()))) {
                found(source.fetch(DB));
                own.seal();
                Failure sealed = failed(source.fetch(DB));
                assertThat(sealed.kind()).isEqualTo(Kind.SEALED);
                assertThat(sealed.message()).isEqualTo("the vault is sealed");
                own.unseal();
                found(source.fetch(DB));
            }
        }
    }

    @Test
    void tellsThatTheVaultIsAwayAndGoesOnWhenItIsBack(@TempDir Path home) throws Exception {
        try (OpenBao own = OpenBao.onDisk(home)) {
            Files.writeString(tokenFile, own.rootToken());
            own.writeKv("secret", "app/db", Map.of("password", "whatever"));
            try (VaultSource source = source(settings(own.address(), Optional.empty(), Optional.empty()))) {
                found(source.fetch(DB));
                own.stop();
                Failure away = failed(source.fetch(DB));
                assertThat(away.kind()).isEqualTo(Kind.OUTAGE);
                assertThat(away.message())
                        .isEqualTo("cannot reach the vault at " + own.address() + ": connection refused");
                own.start();
                found(source.fetch(DB));
            }
        }
    }

    @Test
    void tellsThatAHostNameDoesNotResolve() {
        URI nowhere = URI.create("http://nowhere.invalid:8200");
        Failure failure = failed(
                source(settings(nowhere, Optional.empty(), Optional.empty())).fetch(DB));
        assertThat(failure.kind()).isEqualTo(Kind.OUTAGE);
        assertThat(failure.message()).endsWith(": its name does not resolve");
    }

    @Test
    void handsOnHowLongARateLimitedClientShallWait() {
        bao.mountKv2("limited");
        bao.writeKv("limited", "app", Map.of("a", "b"));
        bao.limitRate("limited/", Duration.ofSeconds(30));
        Origin.Kv2 path = new Origin.Kv2("limited", "app");
        try (VaultSource source = source(settings())) {
            source.fetch(path); // may use up the one request of the interval
            Failure limited = failed(source.fetch(path));
            assertThat(limited.kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(limited.retryAfter())
                    .hasValueSatisfying(
                            wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30)));
        }
    }

    @Test
    void readsInANamespace(@TempDir Path home) throws Exception {
        try (OpenBao own = OpenBao.onDisk(home)) { // its storage in memory has no transactions, which namespaces need
            Files.writeString(tokenFile, own.rootToken());
            own.call("POST", "sys/namespaces/team", Map.of());
            own.callIn("team", "POST", "sys/mounts/kv", Map.of("type", "kv", "options", Map.of("version", "2")));
            Origin.Kv2 path = new Origin.Kv2("kv", "app");
            Wait.until("KV v2 is ready", Duration.ofSeconds(30), () -> {
                try {
                    own.callIn("team", "POST", "kv/data/app", Map.of("data", Map.of("a", "b")));
                    return true;
                } catch (AssertionError e) {
                    return false;
                }
            });
            found(source(settings(own.address(), Optional.of("team"), Optional.empty()))
                    .fetch(path));

            Failure unknown = failed(source(settings(own.address(), Optional.of("none"), Optional.empty()))
                    .fetch(path));
            assertThat(unknown.kind()).isEqualTo(Kind.CONFIGURATION);
            assertThat(unknown.message()).isEqualTo("no namespace none in the vault at " + own.address());
        }
    }

    @Test
    void trustsTheCertificatesOfTheConfiguredFileOnly(@TempDir Path home) throws Exception {
        TestCertificate certificate = TestCertificate.make(home);
        try (OpenBao own = OpenBao.withTls(home, certificate)) {
            Files.writeString(tokenFile, own.rootToken());
            own.writeKv("secret", "app/db", Map.of("password", "whatever"));
            Optional<Path> ca = Optional.of(certificate.certificate());
            found(source(settings(own.address(), Optional.empty(), ca)).fetch(DB));

            Failure untrusted = failed(source(settings(own.address(), Optional.empty(), Optional.empty()))
                    .fetch(DB));
            assertThat(untrusted.kind()).isEqualTo(Kind.OUTAGE);
            assertThat(untrusted.message()).endsWith(": its certificate is not trusted");

            Failure plain = failed(source(settings(
                            URI.create(own.address().toString().replace("https", "http")),
                            Optional.empty(),
                            Optional.empty()))
                    .fetch(DB));
            assertThat(plain.kind()).isEqualTo(Kind.CONFIGURATION);
            assertThat(plain.hint()).contains("scheme");

            Failure noTls = failed(source(settings(
                            URI.create(bao.address().toString().replace("http", "https")), Optional.empty(), ca))
                    .fetch(DB));
            assertThat(noTls.kind()).isEqualTo(Kind.OUTAGE);
            assertThat(noTls.message()).endsWith(": no TLS connection");

            Path noCertificate = Files.writeString(home.resolve("none.pem"), "none");
            Failure none = failed(source(settings(own.address(), Optional.empty(), Optional.of(noCertificate)))
                    .fetch(DB));
            assertThat(none.kind()).isEqualTo(Kind.CONFIGURATION);
        }
    }

    @Test
    void showsNoValueInWhatItReturns() {
        String canary = UUID.randomUUID().toString();
        bao.writeKv("secret", "canary", Map.of("password", canary));
        assertThat(new String(bao.raw("secret/data/canary").body(), StandardCharsets.UTF_8))
                .contains(canary);
        Fetch fetch = source(settings()).fetch(new Origin.Kv2("secret", "canary"));
        assertValue(found(fetch), "password", canary.getBytes(StandardCharsets.UTF_8));
        assertThat(fetch.toString()).doesNotContain(canary);
    }

    @Test
    void tellsOfItsTokenBeforeUsingIt() throws Exception {
        Files.writeString(tokenFile, UUID.randomUUID().toString());
        List<SecretValue> heard = new java.util.ArrayList<>();
        failed(new VaultSource(settings(), (name, value) -> heard.add(value), Clock.systemUTC(), new Random(1))
                .fetch(DB));
        byte[] token = Files.readAllBytes(tokenFile);
        assertThat(heard)
                .allMatch(value -> Arrays.equals(value.reveal(), token))
                .isNotEmpty();
    }
}
