package dev.tacet.sidecar.config;

import dev.tacet.redactor.Sensitivity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one entry of the section {@code secrets}. */
final class SecretSection {
    private SecretSection() {}

    /** @param vault whether a vault is configured; {@code age} likewise */
    static SecretSettings read(String name, Section section, boolean vault, boolean age) {
        SecretSettings secret = new SecretSettings(
                name,
                origin(section, vault, age),
                section.duration("poll", Duration.ofSeconds(1), Duration.ofHours(24), Duration.ofSeconds(60)),
                section.flag("required", true),
                section.optionalSection("keys").map(SecretSection::keys).orElse(Map.of()));
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
}
