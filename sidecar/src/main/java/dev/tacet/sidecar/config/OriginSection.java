package dev.tacet.sidecar.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Reads where a secret comes from. */
final class OriginSection {
    private enum Engine {
        KV2,
        KV1,
        DYNAMIC,
        STATIC,
        PKI,
        TRANSIT,
        LOGICAL
    }

    private OriginSection() {}

    /** @param vault whether a vault is configured; {@code age} likewise */
    static Origin read(Section section, boolean vault, boolean age) {
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
        return source.equals("age") ? new Origin.Stored(path) : inVault(section, path);
    }

    private static Origin inVault(Section section, String path) {
        return switch (section.choice("engine", Engine.class, Engine.KV2)) {
            case KV2 -> new Origin.Kv2(mount(section), logical(section, path), version(section));
            case KV1 -> new Origin.Kv1(mount(section), path);
            case DYNAMIC -> new Origin.Dynamic(path, parameters(section));
            case STATIC -> new Origin.StaticRole(path);
            case PKI -> certificate(section, path);
            case TRANSIT -> decrypted(section, path);
            case LOGICAL -> new Origin.Logical(path, parameters(section));
        };
    }

    private static String mount(Section section) {
        return section.optionalText("mount", "secret").orElse("secret");
    }

    private static String logical(Section section, String path) {
        if (path.startsWith("data/")) {
            throw section.wrong("path", "an api path", "write the logical path, without data/");
        }
        return path;
    }

    private static OptionalInt version(Section section) {
        return section.has("version")
                ? OptionalInt.of(section.number("version", 1, 999_999_999, 1))
                : OptionalInt.empty();
    }

    private static Origin certificate(Section section, String path) {
        if (!path.matches(".+/(issue|sign)/[^/]+")) {
            throw section.wrong("path", "not a path of a PKI role", "write it as in pki/issue/web or pki/sign/web");
        }
        Map<String, String> parameters = parameters(section);
        if (!parameters.containsKey("common_name")) {
            throw section.wrong("parameters", "no common_name", "add parameters: {common_name: app.example}");
        }
        return new Origin.Certificate(path, parameters, section.flag("revoke", false));
    }

    private static Origin decrypted(Section section, String path) {
        if (!path.matches(".+/decrypt/[^/]+")) {
            throw section.wrong("path", "not a path of a transit key", "write it as in transit/decrypt/app");
        }
        Map<String, String> ciphertexts = texts(section.section("ciphertexts"));
        ciphertexts.forEach((name, text) -> {
            if (!text.startsWith("vault:")) {
                throw section.wrong(
                        "ciphertexts", "not all are ciphertexts", "each begins with vault:v1: as encrypt gave it");
            }
        });
        if (ciphertexts.isEmpty()) {
            throw section.wrong("ciphertexts", "empty", "add the ciphertexts, as in password: vault:v1:...");
        }
        return new Origin.Decrypted(path, ciphertexts);
    }

    private static Map<String, String> parameters(Section section) {
        return section.optionalSection("parameters").map(OriginSection::texts).orElse(Map.of());
    }

    private static Map<String, String> texts(Section section) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : section.keys()) {
            texts.put(name, section.text(name, "text"));
        }
        section.end();
        return texts;
    }
}
