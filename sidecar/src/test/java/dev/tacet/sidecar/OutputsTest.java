package dev.tacet.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutputsTest {
    private static final String WHOLE = """
            volume: {path: /v}
            age: {file: a, identity-file: b}
            secrets:
              db: {path: db, keys: {username: {}, password: {}}}
              web: {path: web}
            files:
              app.env: {format: dotenv, entries: {A: db/username}, mode: "0440"}
              app.conf: {format: template, template-file: app.tmpl, escape: none}
              tls.pem: {format: pem, secret: web, part: chain, root: false}
              tls.p12: {format: pkcs12, secret: web, password-file: tls.password, alias: web}
            """;

    @TempDir
    Path directory;

    /** What decides about bytes, modes or paths; a change of the mode alone must be seen too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0440|0400",
                "format: dotenv|format: json",
                "{A: db|{B: db",
                "db/username|db/password",
                "app.env|app2.env",
                "escape: none|escape: shell",
                "part: chain|part: leaf",
                "root: false|root: true",
                "secret: web, part|secret: web, chain: ca, part",
                "alias: web|alias: other",
                "tls.password|tls2.password",
                "secret: web, pass|secret: web, private-key: key, pass",
            })
    void digestChangesWithWhateverIsPublishedDifferently_row18(String from, String to) throws IOException {
        assertThat(WHOLE).contains(from);
        assertThat(digest(WHOLE.replace(from, to), "{{db/username}}")).isNotEqualTo(digest(WHOLE, "{{db/username}}"));
    }

    @Test
    void digestChangesWithTheTemplateOnly() throws IOException {
        String before = digest(WHOLE, "{{db/username}}");
        assertThat(digest(WHOLE, "{{db/username}} ")).isNotEqualTo(before);
        assertThat(digest(WHOLE, "{{db/username}}")).isEqualTo(before);
    }

    private String digest(String config, String template) throws IOException {
        Files.writeString(directory.resolve("app.tmpl"), template);
        return Outputs.of(ConfigFile.read(Files.writeString(directory.resolve("tacet.yaml"), config)))
                .digest();
    }
}
