package dev.tacet.sidecar.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the section {@code files}. */
final class FileSection {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]*";
    private static final String ALIAS = "[a-z0-9][a-z0-9._-]{0,62}";
    private static final int OWNER_READS = 0400;
    private static final int OTHERS_WRITE = 0022;

    private final References references;
    private final Templates templates;
    private final Set<String> taken = new TreeSet<>();

    private FileSection(List<SecretSettings> secrets, Paths paths) {
        this.references = new References(secrets);
        this.templates = new Templates(references, paths);
    }

    static List<FileSettings> read(Section files, List<SecretSettings> secrets, Paths paths) {
        FileSection reader = new FileSection(secrets, paths);
        List<FileSettings> read = new ArrayList<>();
        for (String path : files.keys()) {
            reader.take(path).ifPresent(fault -> {
                throw files.wrongName(path, fault.what(), fault.hint());
            });
            read.add(reader.file(path, files.section(path)));
        }
        return read;
    }

    private FileSettings file(String path, Section section) {
        refuseOwners(section);
        Kind kind = section.choice("format", Kind.class, Kind.PROPERTIES);
        FileSettings.Content content = switch (kind) {
            case PROPERTIES -> entries(section, FileSettings.Format.PROPERTIES);
            case DOTENV -> entries(section, FileSettings.Format.DOTENV);
            case JSON -> entries(section, FileSettings.Format.JSON);
            case YAML -> entries(section, FileSettings.Format.YAML);
            case TEMPLATE -> templates.read(section);
            case PEM -> pem(section);
            case PKCS12 -> keystore(section);
        };
        FileSettings file = new FileSettings(path, mode(section), content);
        section.end();
        return file;
    }

    /** Notes a path as written, unless it cannot be. */
    private Optional<Fault> take(String path) {
        for (String name : path.split("/", -1)) {
            if (!name.matches(NAME)) {
                return Optional.of(new Fault(
                        "not a name for a file",
                        "letters, digits, . _ - only, and / between the names of directories"));
            }
        }
        if (references.isSecret(path)) {
            return Optional.of(new Fault("a secret has this name too", "call one of them something else"));
        }
        if (references.isSecret(path.substring(0, Math.max(0, path.indexOf('/'))))) {
            return Optional.of(
                    new Fault("in the directory of a secret", "choose another directory: that one has a file a key"));
        }
        for (String other : taken) {
            if (path.equals(other) || path.startsWith(other + "/") || other.startsWith(path + "/")) {
                return Optional.of(new Fault("another file is in the way", "no file can be the directory of another"));
            }
        }
        taken.add(path);
        return Optional.empty();
    }

    private static void refuseOwners(Section section) {
        if (section.has("owner")) {
            throw section.wrongName(
                    "owner",
                    "a file belongs to the user that the sidecar runs as",
                    "leave it out, and run the sidecar as that user or let the application read by group");
        }
        if (section.has("group")) {
            throw section.wrongName(
                    "group",
                    "a file gets the group of the volume",
                    "leave it out, and give the volume the group: fsGroup in a pod, elsewhere chgrp and chmod g+s");
        }
    }

    private static int mode(Section section) {
        Optional<String> text = section.optionalText("mode", "\"0440\"");
        if (text.isEmpty()) {
            return FileSettings.DEFAULT_MODE;
        }
        if (!text.get().matches("0[0-7]{3}")) {
            throw section.wrong("mode", "not a mode", "write four octal digits, such as \"0440\"");
        }
        int mode = Integer.parseInt(text.get(), 8);
        if ((mode & OWNER_READS) == 0 || (mode & OTHERS_WRITE) != 0) {
            throw section.wrong(
                    "mode",
                    "not a mode for a secret",
                    "the owner must be able to read it, and nobody else to write: \"0440\", \"0400\"");
        }
        return mode;
    }

    private FileSettings.Entries entries(Section section, FileSettings.Format format) {
        Section named = section.section("entries");
        Map<String, FileSettings.Reference> entries = new LinkedHashMap<>();
        for (String name : named.keys()) {
            checkName(name, format, entries.keySet()).ifPresent(fault -> {
                throw named.wrongName(name, fault.what(), fault.hint());
            });
            String text = named.text(name, "secret/key");
            references.fault(text).ifPresent(fault -> {
                throw named.wrong(name, fault.what(), fault.hint());
            });
            entries.put(name, References.parse(text));
        }
        return new FileSettings.Entries(format, entries);
    }

    private static Optional<Fault> checkName(String name, FileSettings.Format format, Set<String> before) {
        return switch (format) {
            case PROPERTIES -> Optional.empty();
            case DOTENV ->
                name.matches(VARIABLE)
                        ? Optional.empty()
                        : Optional.of(new Fault("not a name for a variable", "letters, digits and _ only"));
            case JSON, YAML -> {
                if (name.isEmpty() || name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
                    yield Optional.of(new Fault("a name between its dots is empty", "write it as in db.password"));
                }
                boolean clash =
                        before.stream().anyMatch(other -> name.startsWith(other + ".") || other.startsWith(name + "."));
                yield clash
                        ? Optional.of(new Fault(
                                "both a value and a group of values",
                                "a dot goes one level deeper: rename one of them"))
                        : Optional.empty();
            }
        };
    }

    private FileSettings.Pem pem(Section section) {
        return new FileSettings.Pem(
                tlsKeys(section),
                section.choice("part", FileSettings.Part.class, FileSettings.Part.BUNDLE),
                section.flag("root", false));
    }

    private FileSettings.Keystore keystore(Section section) {
        String alias = section.optionalText("alias", "key").orElse("key");
        if (!alias.matches(ALIAS)) {
            throw section.wrong("alias", "not an alias", "lower-case letters, digits, . _ - only");
        }
        String passwordFile = section.text("password-file", "tls/password");
        take(passwordFile).ifPresent(fault -> {
            throw section.wrong("password-file", fault.what(), fault.hint());
        });
        return new FileSettings.Keystore(tlsKeys(section), section.flag("root", false), alias, passwordFile);
    }

    private FileSettings.TlsKeys tlsKeys(Section section) {
        String secret = section.text("secret", "web");
        if (!references.isSecret(secret)) {
            throw section.wrong("secret", "no such secret", "the name of one below secrets");
        }
        return new FileSettings.TlsKeys(
                secret,
                tlsKey(section, secret, "certificate", "certificate"),
                tlsKey(section, secret, "private-key", "private_key"),
                section.has("chain") ? Optional.of(tlsKey(section, secret, "chain", "ca_chain")) : Optional.empty());
    }

    private String tlsKey(Section section, String secret, String name, String otherwise) {
        String key = section.optionalText(name, otherwise).orElse(otherwise);
        references.fault(secret + "/" + key).ifPresent(fault -> {
            throw section.wrong(name, fault.what(), fault.hint());
        });
        return key;
    }

    /** What is wrong, and what would be right. */
    record Fault(String what, String hint) {}

    private enum Kind {
        PROPERTIES,
        DOTENV,
        JSON,
        YAML,
        TEMPLATE,
        PEM,
        PKCS12
    }
}
