package dev.tacet.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tacet.sidecar.config.FileSettings.Entries;
import dev.tacet.sidecar.config.FileSettings.Escape;
import dev.tacet.sidecar.config.FileSettings.Format;
import dev.tacet.sidecar.config.FileSettings.Keystore;
import dev.tacet.sidecar.config.FileSettings.Part;
import dev.tacet.sidecar.config.FileSettings.Pem;
import dev.tacet.sidecar.config.FileSettings.Reference;
import dev.tacet.sidecar.config.FileSettings.Template;
import dev.tacet.sidecar.config.FileSettings.TlsKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileSectionTest {
    @TempDir
    Path directory;

    @Test
    void readsEveryKindOfFile() throws IOException {
        Files.writeString(directory.resolve("app.tmpl"), "p={{db/password}}\n");
        List<FileSettings> files = read("""
                  app.env: {format: dotenv, entries: {DB_PASSWORD: db/password}, mode: "0400"}
                  conf/app.json: {format: json, entries: {db.user: db/username}, mode: 0444}
                  conf/app.yaml: {format: yaml, entries: {db.user: db/username}}
                  app.conf: {format: template, template-file: app.tmpl, escape: properties}
                  app.xml: {format: template, template: "<a>{{db/password}}</a>", escape: xml}
                  tls/tls.crt: {format: pem, secret: web, part: chain, root: true}
                  tls/all.pem: {format: pem, secret: web, certificate: tls.crt, private-key: tls.key, chain: ca.crt}
                  tls/keystore.p12: {format: pkcs12, secret: web, alias: https, password-file: tls/password}
                """);
        TlsKeys keys = new TlsKeys("web", "certificate", "private_key", Optional.empty());
        Map<String, Reference> user = Map.of("db.user", new Reference("db", "username"));
        assertThat(files.subList(0, 3))
                .containsExactly(
                        new FileSettings(
                                "app.env",
                                0400,
                                new Entries(Format.DOTENV, Map.of("DB_PASSWORD", new Reference("db", "password")))),
                        new FileSettings("conf/app.json", 0444, new Entries(Format.JSON, user)),
                        new FileSettings("conf/app.yaml", 0440, new Entries(Format.YAML, user)));
        assertThat(files.get(3).content()).isInstanceOfSatisfying(Template.class, template -> {
            assertThat(template.text().text()).isEqualTo("p={{db/password}}\n");
            assertThat(template.escape()).isEqualTo(Escape.PROPERTIES);
            assertThat(template.secrets()).containsExactly("db");
        });
        assertThat(files.get(4).content()).isInstanceOf(Template.class);
        assertThat(files.subList(5, 8))
                .containsExactly(
                        new FileSettings("tls/tls.crt", 0440, new Pem(keys, Part.CHAIN, true)),
                        new FileSettings(
                                "tls/all.pem",
                                0440,
                                new Pem(
                                        new TlsKeys("web", "tls.crt", "tls.key", Optional.of("ca.crt")),
                                        Part.BUNDLE,
                                        false)),
                        new FileSettings("tls/keystore.p12", 0440, new Keystore(keys, false, "https", "tls/password")));
        assertThat(files.get(7).paths()).containsExactly("tls/keystore.p12", "tls/password");
    }

    /** The whole line of a file, and what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // who owns it is not ours to choose
                "f: {entries: {a: db/username}, owner: root}|files.f.owner: a file belongs to the user that the sidecar runs as",
                "f: {entries: {a: db/username}, group: '1000'}|files.f.group: a file gets the group of the volume",
                // modes: more than permissions, not octal, too short, writable by others, unreadable
                "f: {entries: {a: db/username}, mode: '4440'}|files.f.mode: not a mode",
                "f: {entries: {a: db/username}, mode: '0480'}|files.f.mode: not a mode",
                "f: {entries: {a: db/username}, mode: 440}|files.f.mode: not a mode",
                "f: {entries: {a: db/username}, mode: rw}|files.f.mode: not a mode",
                "f: {entries: {a: db/username}, mode: '0460'}|files.f.mode: not a mode for a secret",
                "f: {entries: {a: db/username}, mode: '0442'}|files.f.mode: not a mode for a secret",
                "f: {entries: {a: db/username}, mode: '0040'}|files.f.mode: not a mode for a secret",
                // paths: out of the volume, into what is not ours, onto each other
                "/f: {entries: {a: db/username}}|files./f: not a name for a file",
                "a/../f: {entries: {a: db/username}}|files.a/../f: not a name for a file",
                "a/..data: {entries: {a: db/username}}|files.a/..data: not a name for a file",
                "a//f: {entries: {a: db/username}}|files.a//f: not a name for a file",
                "db: {entries: {a: db/username}}|files.db: a secret has this name too",
                "web/f: {entries: {a: db/username}}|files.web/f: in the directory of a secret",
                "taken: {entries: {a: db/username}}|files.taken: given twice",
                "taken/f: {entries: {a: db/username}}|files.taken/f: another file is in the way",
                // formats
                "f: {format: jks, secret: web}|files.f.format: not a known word",
                "f: {format: dotenv, entries: {a.b: db/username}}|files.f.entries.a.b: not a name for a variable",
                "f: {format: json, entries: {a: db/username, a.b: db/username}}|files.f.entries.a.b: both a value and a group of values",
                "f: {format: yaml, entries: {a.b.c: db/username, a.b: db/username}}|files.f.entries.a.b: both a value and a group of values",
                "f: {format: json, entries: {a..b: db/username}}|files.f.entries.a..b: a name between its dots is empty",
                "f: {format: json, entries: {a: db/passwort}}|files.f.entries.a: no such key",
                "f: {format: json, entries: {a: none/password}}|files.f.entries.a: no such secret",
                "f: {format: json, template: x}|files.f.entries: missing",
                // templates, at load
                "f: {format: template, escape: none}|files.f.template: exactly one template is needed",
                "f: {format: template, template: x, template-file: x, escape: none}|files.f.template: exactly one template is needed",
                "f: {format: template, template-file: none.tmpl, escape: none}|files.f.template-file: cannot be read (NoSuchFileException)",
                "f: {format: template, template: x}|files.f.escape: missing",
                "f: {format: template, template: x, escape: html}|files.f.escape: not a known word",
                "f: {format: template, template: \"\\n{{db/passwort}}\", escape: none}|files.f.template: line 2 of the template: no such key",
                "f: {format: template, template: '{{password}}', escape: none}|files.f.template: line 1 of the template: no such secret",
                "f: {format: template, template: '{{db}}', escape: none}|files.f.template: line 1 of the template: no key is named",
                "f: {format: template, template: '{{.}}', escape: none}|files.f.template: line 1 of the template: no such secret",
                "f: {format: template, template: '{{db/username.class}}', escape: none}|files.f.template: line 1 of the template: no such key",
                "f: {format: template, template: '{{#db/username}}x{{/db/username}}', escape: none}|files.f.template: line 1 of the template: no such secret",
                "f: {format: template, template: '{{> /etc/passwd}}', escape: none}|files.f.template: not a template",
                "f: {format: template, template: '{{db/username}', escape: none}|files.f.template: not a template",
                "f: {format: template, template: '{{#db}}', escape: none}|files.f.template: line 1: not a template",
                "f: {format: template, template: '{{may/be}}', escape: none}|files.f.template: it needs a secret that is not required",
                "f: {format: template, template: '{{^may}}{{may/be}}{{/may}}', escape: none}|files.f.template: it needs a secret that is not required",
                "f: {format: template, template: '[\"{{db/username}}\"', escape: json}|files.f.template: whatever the values, the file would not be what escape says",
                "f: {format: template, template: 'a: b: {{db/username}}', escape: yaml}|files.f.template: whatever the values, the file would not be what escape says",
                "f: {format: template, template: '<a>{{db/username}}</b>', escape: xml}|files.f.template: whatever the values, the file would not be what escape says",
                // keys and certificates
                "f: {format: pem, secret: none}|files.f.secret: no such secret",
                "f: {format: pem, secret: web, part: ca}|files.f.part: not a known word",
                "f: {format: pem, secret: db}|files.f.certificate: no such key",
                "f: {format: pkcs12, secret: web}|files.f.password-file: missing",
                "f: {format: pkcs12, secret: web, password-file: f}|files.f.password-file: another file is in the way",
                "f: {format: pkcs12, secret: web, password-file: web/password}|files.f.password-file: in the directory of a secret",
                "f: {format: pkcs12, secret: web, password-file: p, alias: Key}|files.f.alias: not an alias",
            })
    void saysWhatIsWrongAndWhatWouldBeRight(String line, String complaint) {
        assertThatThrownBy(() -> read("  taken: {entries: {a: db/username}}\n  " + line + "\n"))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.hint()).isNotBlank())
                .hasMessageMatching("[^ ]+tacet.yaml:[0-9]+:[0-9]+: .*")
                .hasMessageEndingWith(complaint);
    }

    @Test
    void readsNoTemplateThatIsNoText() throws IOException {
        Files.write(directory.resolve("latin1.tmpl"), new byte[] {'a', (byte) 0xe9});
        Files.write(directory.resolve("large.tmpl"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> read("  f: {format: template, template-file: latin1.tmpl, escape: none}\n"))
                .hasMessageContaining("not UTF-8 text");
        assertThatThrownBy(() -> read("  f: {format: template, template-file: large.tmpl, escape: none}\n"))
                .hasMessageContaining("larger than 1 MiB");
    }

    @Test
    void quotesNothingOfATemplate() {
        String canary = "hvs-canary-1234";
        for (String template :
                List.of("{{" + canary + "}}", "{{#" + canary + "}}", "{{" + canary, "{{/" + canary + "}}")) {
            assertThatThrownBy(() -> read("  f: {format: template, template: '" + template + "', escape: none}\n"))
                    .isInstanceOfSatisfying(
                            ConfigException.class, e -> assertThat(e.hint()).doesNotContain(canary))
                    .hasMessageNotContaining(canary)
                    .hasNoCause();
        }
    }

    private List<FileSettings> read(String files) throws IOException {
        return ConfigFile.read(Files.writeString(directory.resolve("tacet.yaml"), """
                        volume: {path: /v}
                        age: {file: a, identity-file: b}
                        secrets:
                          db: {path: db, keys: {username: {}, password: {}}}
                          web: {path: web}
                          may: {path: may, required: false}
                        files:
                        """ + files))
                .files();
    }
}
