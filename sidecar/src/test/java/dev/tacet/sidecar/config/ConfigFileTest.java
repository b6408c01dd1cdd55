package dev.tacet.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.redactor.Sensitivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
    private static final String WHOLE = """
            volume:
              path: /run/tacet
              retain: 2h
              keep-generations: 3
            vault:
              address: https://vault.example:8200
              namespace: team-a
              ca-file: ca.pem
              auth:
                approle: {role-id: shop, secret-id-file: /run/vault/secret-id}
            age: {file: store.age, identity-file: /keys/identity.txt}
            secrets:
              db:
                source: vault
                mount: kv/team
                path: app/db
                poll: 30s
                keys:
                  username: {sensitive: never}
                  password:
                  keystore: {decode: base64}
              demo: {source: age, path: demo, required: false}
            files:
              application.properties:
                format: properties
                entries:
                  spring.datasource.password: db/password
            on-term: end
            """;

    @TempDir
    Path directory;

    @Test
    void readsWhoMayConnect() throws IOException {
        TacetConfig config = read(WHOLE.replace("keep-generations: 3", "peer-users: [10001, 0]"));
        assertThat(config.volume().peerUsers()).containsExactlyInAnyOrder(10_001, 0);
    }

    @Test
    void readsEveryKey() throws IOException {
        TacetConfig config = read(WHOLE);
        assertThat(config.volume())
                .isEqualTo(new VolumeSettings(
                        Path.of("/run/tacet"),
                        false,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2),
                        3,
                        Duration.ofSeconds(30),
                        Duration.ofHours(2),
                        Set.of()));
        VaultSettings vault = config.vault().orElseThrow();
        assertThat(vault.caFile()).as("relative to the file").contains(directory.resolve("ca.pem"));
        assertThat(vault.auth())
                .isEqualTo(new VaultSettings.AppRole("approle", "shop", Path.of("/run/vault/secret-id")));
        assertThat(config.age()).map(AgeSettings::file).contains(directory.resolve("store.age"));
        SecretSettings db = config.secrets().get(0);
        assertThat(db.origin()).isEqualTo(new Origin.Kv2("kv/team", "app/db"));
        assertThat(db.poll()).isEqualTo(Duration.ofSeconds(30));
        assertThat(db.keys().keySet()).containsExactly("username", "password", "keystore");
        assertThat(db.sensitivity("username")).isEqualTo(Sensitivity.NEVER);
        assertThat(db.sensitivity("password")).isEqualTo(Sensitivity.AUTO);
        assertThat(db.keys().get("keystore").base64()).isTrue();
        assertThat(config.secrets().get(1).origin()).isEqualTo(new Origin.Stored("demo"));
        assertThat(config.secrets().get(1).required()).isFalse();
        assertThat(config.files())
                .containsExactly(new FileSettings(
                        "application.properties",
                        FileSettings.DEFAULT_MODE,
                        new FileSettings.Entries(
                                FileSettings.Format.PROPERTIES,
                                Map.of("spring.datasource.password", new FileSettings.Reference("db", "password")))));
        assertThat(config.onTerm()).isEqualTo(TacetConfig.OnTerm.END);
    }

    @Test
    void needsLittle() throws IOException {
        TacetConfig config = read("volume: {path: /v}\nage: {file: a, identity-file: b}\nsecrets: {db: {path: db}}\n");
        assertThat(config.secrets().get(0).origin()).isEqualTo(new Origin.Stored("db"));
        assertThat(config.onTerm()).isEqualTo(TacetConfig.OnTerm.KEEP);
    }

    /** Each row breaks the whole example at one place, and says where and how that is reported. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // unknown keys, at each depth
                "on-term: end|on-trem: end|28:1: on-trem: unknown key",
                "  retain: 2h|  retian: 2h|3:3: volume.retian: unknown key",
                "username: {sensitive: never}|username: {secret: never}|19:18: secrets.db.keys.username.secret: unknown key",
                // wrong types
                "retain: 2h|retain: [2h]|3:11: volume.retain: text is expected",
                "keep-generations: 3|peer-users: [10001, x]|4:23: volume.peer-users: not a list of whole numbers from 0 to 2147483646",
                "keep-generations: 3|peer-users: [7, 7]|4:19: volume.peer-users: given twice",
                "keep-generations: 3|peer-users: [4294967296]|4:16: volume.peer-users: not a list of whole numbers from 0 to 2147483646",
                "keep-generations: 3|peer-users: []|4:15: volume.peer-users: not a list of whole numbers from 0 to 2147483646",
                "keep-generations: 3|peer-users: 10001|4:15: volume.peer-users: not a list of whole numbers from 0 to 2147483646",
                "keep-generations: 3|keep-generations: many|4:21: volume.keep-generations: not a whole number from 0 to 100",
                "required: false|required: maybe|22:45: secrets.demo.required: neither true nor false",
                "age: {file: store.age, identity-file: /keys/identity.txt}|age: store.age|11:6: age: a list of keys with values is expected",
                "sensitive: never|sensitive: sometimes|19:29: secrets.db.keys.username.sensitive: not a known word",
                // impossible values
                "retain: 2h|retain: 2 hours|3:11: volume.retain: not a duration",
                "retain: 2h|retain: 25h|3:11: volume.retain: out of bounds",
                "poll: 30s|poll: 0|17:11: secrets.db.poll: out of bounds",
                "https://vault.example:8200|vault.example|6:12: vault.address: not the address of a server",
                "https://vault.example:8200|https://u:p@vault.example|6:12: vault.address: not the address of a server",
                "path: app/db|path: /app/db|16:11: secrets.db.path: not a path",
                "path: app/db|path: data/app/db|16:11: secrets.db.path: an api path",
                "  demo: {source|  ../demo: {source|22:3: secrets.../demo: not a name for a secret",
                "  application.properties:|  ../x.properties:|24:3: files.../x.properties: not a name for a file",
                "  application.properties:|  db:|24:3: files.db: a secret has this name too",
                // what is missing, or given twice
                "  path: /run/tacet|  quiescence: 1s|2:3: volume.path: missing",
                "source: vault|required: true|14:5: secrets.db.source: missing",
                "    approle: {role-id: shop, secret-id-file: /run/vault/secret-id}|    {}|10:5: vault.auth: exactly one auth method is needed",
                "retain: 2h|path: /other|3:3: volume.path: given twice",
                // references
                "db/password|nodb/password|27:35: files.application.properties.entries.spring.datasource.password: no such secret",
                "db/password|db|27:35: files.application.properties.entries.spring.datasource.password: no key is named",
                "db/password|db/passwort|27:35: files.application.properties.entries.spring.datasource.password: no such key",
                // not YAML at all
                "volume:|volume: [|3:9: not valid YAML",
            })
    void namesTheFileThePlaceAndTheKey(String right, String wrong, String complaint) {
        assertThat(WHOLE).contains(right);
        assertThatThrownBy(() -> read(WHOLE.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.hint()).isNotBlank())
                .hasMessage(directory.resolve("tacet.yaml") + ":" + complaint);
    }

    @Test
    void quotesNoValueOfTheFile() {
        String canary = "hvs-canary-1234";
        assertThatThrownBy(() -> read("volume: {path: /v, retain: " + canary + "}\n"))
                .hasMessageNotContaining(canary)
                .hasNoCause();
        assertThatThrownBy(() -> read("volume: {path: /v\n  " + canary + ": [\n"))
                .hasMessageNotContaining(canary)
                .hasNoCause();
    }

    @Test
    void saysWhatIsWrongWithTheFileItself() throws IOException {
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("none.yaml")))
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> read("")).hasMessageContaining("empty");
        Files.write(directory.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("latin1.yaml")))
                .hasMessageContaining("not UTF-8");
        Files.write(directory.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("large.yaml")))
                .hasMessageContaining("1 MiB");
        assertThatThrownBy(() -> ConfigFile.read(directory)).hasMessageContaining("cannot be read");
    }

    private TacetConfig read(String text) throws IOException {
        return ConfigFile.read(Files.writeString(directory.resolve("tacet.yaml"), text));
    }
}
