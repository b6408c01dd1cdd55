package dev.tacet.sidecar.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.sidecar.testing.MemoryDirectory;
import dev.tacet.sidecar.testing.OpenBao;
import dev.tacet.sidecar.testing.SidecarProcess;
import dev.tacet.sidecar.testing.Wait;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of file from a real OpenBao by a real sidecar, with a certificate that the server's PKI issued. */
final class RenderedFilesIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String CANARY = "canary-'4f\"$J";

    @TempDir
    Path directory;

    private final MemoryDirectory memory = new MemoryDirectory();
    private Path volume;

    @BeforeEach
    void volume() throws IOException {
        volume = memory.create().resolve("volume");
    }

    @AfterEach
    void clean() throws IOException {
        memory.delete();
    }

    @Test
    void publishesEveryKindOfFileWithItsMode_row20_row27() throws Exception {
        try (OpenBao bao = OpenBao.inMemory(directory)) {
            bao.allowReading("run", "secret/data/*");
            Files.writeString(directory.resolve("token"), bao.token("run"));
            bao.writeKv("secret", "db", Map.of("username", "app", "password", CANARY));
            Map<String, Object> issued = issued(bao);
            bao.writeKv("secret", "web", issued);
            try (SidecarProcess sidecar = SidecarProcess.run(config(bao))) {
                Wait.until("all is published", SOON, () -> Files.exists(volume.resolve("tls/keystore.p12")));
                assertThat(read("app.env")).isEqualTo("DB_PASSWORD=\"canary-'4f\\\"\\$J\"\n");
                assertThat(new ObjectMapper()
                                .readTree(read("conf/app.json"))
                                .at("/db/password")
                                .asText())
                        .isEqualTo(CANARY);
                assertThat(read("conf/app.yaml")).isEqualTo("\"user\": \"app\"\n");
                assertThat(read("app.xml")).isEqualTo("<p>canary-&#39;4f&quot;$J</p>");
                String chain = issued.get("certificate") + "\n" + ((List<?>) issued.get("ca_chain")).get(0) + "\n";
                assertThat(read("tls/tls.crt")).isEqualTo(chain);
                assertThat(read("tls/tls.key")).startsWith("-----BEGIN PRIVATE KEY-----\n");
                assertOpens();
                assertThat(mode("app.env")).isEqualTo(0400);
                assertThat(mode("conf/app.json")).isEqualTo(0444);
                assertThat(mode("tls/tls.crt")).isEqualTo(0440);
                assertThat(mode("tls/keystore.p12")).isEqualTo(0400);
                assertThat(mode("tls/password")).isEqualTo(0400);

                // A key of another certificate is not published; what else is new is.
                issued.put("private_key", issued(bao).get("private_key"));
                bao.writeKv("secret", "web", issued);
                Wait.until("the sidecar complains", SOON, () -> sidecar.log().contains("does not fit"));
                bao.writeKv("secret", "db", Map.of("username", "next", "password", CANARY));
                Wait.until(
                        "the other secret is published",
                        SOON,
                        () -> read("conf/app.yaml").contains("next"));
                assertThat(read("tls/tls.crt")).isEqualTo(chain);
                assertOpens();
                assertThat(sidecar.terminate()).isZero();
                assertThat(sidecar.log().contains(CANARY))
                        .as("a value is in the log")
                        .isFalse();
            }
        }
    }

    /** What an intermediate CA of the server issues, as it answers. */
    private static Map<String, Object> issued(OpenBao bao) {
        if (bao.raw("sys/mounts/pki").statusCode() != 200) {
            bao.call("POST", "sys/mounts/root", Map.of("type", "pki"));
            bao.call("POST", "root/root/generate/internal", Map.of("common_name", "root", "key_type", "ec"));
            bao.call("POST", "sys/mounts/pki", Map.of("type", "pki"));
            String request = bao.call(
                            "POST",
                            "pki/intermediate/generate/internal",
                            Map.of("common_name", "issuer", "key_type", "ec"))
                    .at("/data/csr")
                    .asText();
            JsonNode signed = bao.call("POST", "root/root/sign-intermediate", Map.of("csr", request));
            bao.call(
                    "POST",
                    "pki/intermediate/set-signed",
                    Map.of("certificate", signed.at("/data/certificate").asText()));
            bao.call("POST", "pki/roles/web", Map.of("allow_any_name", true, "key_type", "ec"));
        }
        JsonNode data = bao.call("POST", "pki/issue/web", Map.of("common_name", "web.example", "ttl", "1h"))
                .path("data");
        return new ObjectMapper().convertValue(data, new TypeReference<>() {});
    }

    private Path config(OpenBao bao) throws IOException {
        return Files.writeString(directory.resolve("tacet.yaml"), """
                volume: {path: %s}
                vault: {address: '%s', auth: {token-file: token}}
                secrets:
                  db: {path: db, poll: 1s, keys: {username: {sensitive: never}, password: {}}}
                  web: {path: web, poll: 1s}
                files:
                  app.env: {format: dotenv, entries: {DB_PASSWORD: db/password}, mode: "0400"}
                  conf/app.json: {format: json, entries: {db.password: db/password}, mode: "0444"}
                  conf/app.yaml: {format: yaml, entries: {user: db/username}}
                  app.xml: {format: template, template: "<p>{{db/password}}</p>", escape: xml}
                  tls/tls.crt: {format: pem, secret: web, part: chain}
                  tls/tls.key: {format: pem, secret: web, part: key}
                  tls/keystore.p12: {format: pkcs12, secret: web, password-file: tls/password, mode: "0400"}
                """.formatted(volume, bao.address()));
    }

    private void assertOpens() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        Path generation = volume.resolve("..data").toRealPath();
        char[] password = Files.readString(generation.resolve("tls/password")).toCharArray();
        store.load(new ByteArrayInputStream(Files.readAllBytes(generation.resolve("tls/keystore.p12"))), password);
        assertThat(store.getKey("key", password)).isNotNull();
        assertThat(store.getCertificateChain("key")).hasSize(2);
    }

    private String read(String file) {
        try {
            return Files.readString(volume.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    private int mode(String path) throws IOException {
        return (int) Files.getAttribute(volume.resolve(path), "unix:mode") & 07777;
    }
}
