package dev.tacet.sidecar.config;

import dev.tacet.redactor.Sensitivity;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a configuration file. Paths in it that are relative are so to the file's own directory. */
public final class ConfigFile {
    private static final int LARGEST = 1 << 20;
    private static final Duration DAY = Duration.ofHours(24);
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private final Path directory;

    private ConfigFile(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads and checks a file.
     *
     * @throws ConfigException naming file, line, column and key of the first thing that is wrong
     */
    public static TacetConfig read(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Section root = Section.root(file.toString(), parse(file));
        Path parent = absolute.getParent();
        return new ConfigFile(parent == null ? absolute : parent).config(root);
    }

    private static Node parse(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setCodePointLimit(LARGEST);
        try {
            Node node = new Yaml(options).compose(new StringReader(text(file)));
            if (node == null) {
                throw new ConfigException(file + ":1:1: empty", "see tacet run --help for an example");
            }
            return node;
        } catch (MarkedYAMLException e) {
            // Its message quotes the file's text, so only the place and the parser's own words go on.
            Mark mark = e.getProblemMark();
            String place = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            throw new ConfigException(file + place + ": not valid YAML", "check indentation, colons and quotes there");
        } catch (YAMLException e) {
            throw new ConfigException(file + ": not valid YAML", "check for characters that do not belong in text");
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new ConfigException(file + ": larger than 1 MiB", "is this the right file?");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": no such file", "name the configuration with --config FILE");
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            throw new ConfigException(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + ")",
                    "check that it is a readable file");
        }
    }

    private TacetConfig config(Section root) {
        VolumeSettings volume = volume(root.section("volume"));
        Optional<VaultSettings> vault = root.optionalSection("vault").map(this::vault);
        Optional<AgeSettings> age = root.optionalSection("age").map(this::age);
        if (vault.isEmpty() && age.isEmpty()) {
            throw root.wrong("vault", "missing", "say where secrets come from: a section vault or age");
        }
        Section named = root.section("secrets");
        List<SecretSettings> secrets = new ArrayList<>();
        for (String name : named.keys()) {
            if (!name.matches(NAME)) {
                throw named.wrongName(name, "not a name for a secret", "letters, digits, . _ - only, at most 63");
            }
            secrets.add(secret(name, named.section(name), vault.isPresent(), age.isPresent()));
        }
        if (secrets.isEmpty()) {
            throw root.wrong("secrets", "empty", "add a secret, such as db: {path: app/db}");
        }
        List<FileSettings> files = new ArrayList<>();
        root.optionalSection("files").ifPresent(section -> {
            for (String path : section.keys()) {
                files.add(file(path, section, secrets));
            }
        });
        TacetConfig.OnTerm onTerm = root.choice("on-term", TacetConfig.OnTerm.class, TacetConfig.OnTerm.KEEP);
        root.end();
        return new TacetConfig(volume, vault, age, secrets, files, onTerm);
    }

    private VolumeSettings volume(Section section) {
        VolumeSettings volume = new VolumeSettings(
                path(section, "path", "/run/tacet"),
                section.flag("allow-disk", false),
                section.duration("quiescence", Duration.ZERO, Duration.ofMinutes(1), Duration.ofMillis(200)),
                section.duration("announce-timeout", Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(2)),
                section.number("keep-generations", 0, 100, 1),
                section.duration("keep-for", Duration.ZERO, DAY, Duration.ofSeconds(30)),
                section.duration("retain", Duration.ofSeconds(1), DAY, Duration.ofHours(1)));
        section.end();
        return volume;
    }

    private VaultSettings vault(Section section) {
        String address = section.text("address", "https://vault.example:8200");
        VaultSettings vault = new VaultSettings(
                address(section, address),
                section.optionalText("namespace", "team-a"),
                section.has("ca-file") ? Optional.of(path(section, "ca-file", "/etc/vault/ca.pem")) : Optional.empty(),
                section.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofSeconds(10)),
                auth(section.section("auth")));
        section.end();
        return vault;
    }

    private static URI address(Section section, String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawPath() == null
                    || uri.getRawPath().isEmpty()
                    || uri.getRawPath().equals("/");
            if (web && bare && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw section.wrong("address", "not an address", "write scheme, host and port: https://vault.example:8200");
        }
        throw section.wrong(
                "address", "not the address of a server", "write scheme, host and port: https://vault.example:8200");
    }

    private VaultSettings.Auth auth(Section section) {
        if (section.has("token-file") == section.has("approle")) {
            throw section.wrong("token-file", "exactly one auth method is needed", "give token-file or approle");
        }
        VaultSettings.Auth auth;
        if (section.has("token-file")) {
            auth = new VaultSettings.TokenFile(path(section, "token-file", "/run/vault/token"));
        } else {
            Section approle = section.section("approle");
            auth = new VaultSettings.AppRole(
                    approle.optionalText("mount", "approle").orElse("approle"),
                    approle.text("role-id", "the role's id"),
                    path(approle, "secret-id-file", "/run/vault/secret-id"));
            approle.end();
        }
        section.end();
        return auth;
    }

    private AgeSettings age(Section section) {
        AgeSettings age =
                new AgeSettings(path(section, "file", "store.age"), path(section, "identity-file", "identity.txt"));
        section.end();
        return age;
    }

    private SecretSettings secret(String name, Section section, boolean vault, boolean age) {
        SecretSettings secret = new SecretSettings(
                name,
                origin(section, vault, age),
                section.duration("poll", Duration.ofSeconds(1), DAY, Duration.ofSeconds(60)),
                section.flag("required", true),
                section.optionalSection("keys").map(ConfigFile::keys).orElse(Map.of()));
        section.end();
        return secret;
    }

    private static SecretSettings.Origin origin(Section section, boolean vault, boolean age) {
        String source = section.optionalText("source", "vault or age").orElse(vault ? "vault" : "age");
        if (vault && age && !section.has("source")) {
            throw section.wrong("source", "missing", "both are configured: write source: vault or source: age");
        }
        boolean known = source.equals("vault") ? vault : source.equals("age") && age;
        if (!known) {
            throw section.wrong("source", "no such source", "one of the sections vault and age of this file");
        }
        String path = section.text("path", "app/db");
        if (path.startsWith("/") || path.endsWith("/") || path.contains("//")) {
            throw section.wrong("path", "not a path", "write it as in app/db, without a slash at either end");
        }
        if (source.equals("age")) {
            return new SecretSettings.Stored(path);
        }
        if (path.startsWith("data/")) {
            throw section.wrong("path", "an api path", "write the logical path, without data/");
        }
        return new SecretSettings.Kv2(section.optionalText("mount", "secret").orElse("secret"), path);
    }

    private static Map<String, SecretSettings.Key> keys(Section section) {
        Map<String, SecretSettings.Key> keys = new LinkedHashMap<>();
        for (String name : section.keys()) {
            Section key = section.section(name);
            keys.put(
                    name,
                    new SecretSettings.Key(
                            key.choice("decode", Decode.class, Decode.NONE) == Decode.BASE64,
                            key.choice("sensitive", Sensitivity.class, Sensitivity.AUTO)));
            key.end();
        }
        if (keys.isEmpty()) {
            throw section.wrong("", "empty", "name the keys that are wanted, or leave keys out for all");
        }
        return keys;
    }

    private enum Decode {
        NONE,
        BASE64
    }

    private static FileSettings file(String path, Section files, List<SecretSettings> secrets) {
        if (!path.matches(NAME)) {
            throw files.wrongName(path, "not a name for a file", "letters, digits, . _ - only, in the volume's root");
        }
        if (secrets.stream().anyMatch(secret -> secret.name().equals(path))) {
            throw files.wrongName(path, "a secret has this name too", "call one of them something else");
        }
        Section section = files.section(path);
        FileSettings.Format format =
                section.choice("format", FileSettings.Format.class, FileSettings.Format.PROPERTIES);
        Section named = section.section("entries");
        Map<String, FileSettings.Reference> entries = new LinkedHashMap<>();
        for (String property : named.keys()) {
            entries.put(property, reference(property, named, secrets));
        }
        section.end();
        return new FileSettings(path, format, entries);
    }

    private static FileSettings.Reference reference(String property, Section section, List<SecretSettings> secrets) {
        String text = section.text(property, "secret/key");
        int slash = text.indexOf('/');
        String name = slash < 0 ? text : text.substring(0, slash);
        SecretSettings secret = secrets.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> section.wrong(property, "no such secret", "write secret/key, as in db/password"));
        String key = text.substring(slash + 1);
        if (slash < 0 || key.isEmpty()) {
            throw section.wrong(property, "no key is named", "write secret/key, as in db/password");
        }
        if (!secret.keys().isEmpty() && !secret.keys().containsKey(key)) {
            throw section.wrong(property, "no such key", "it must be among the keys of the secret " + name);
        }
        return new FileSettings.Reference(name, key);
    }

    private Path path(Section section, String key, String example) {
        String text = section.text(key, example);
        if (text.indexOf('\0') >= 0) {
            throw section.wrong(key, "not a path", "write a path such as " + example);
        }
        return directory.resolve(text).normalize();
    }
}
