package dev.tacet.sidecar;

import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.TacetConfig;
import dev.tacet.sidecar.render.KeyRef;
import dev.tacet.sidecar.render.OutputSettings;
import dev.tacet.sidecar.render.PropertiesFile;
import dev.tacet.sidecar.render.RenderedFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What the configuration asks to be rendered.
 *
 * @param settings for the renderer
 * @param digest equal when all that decides about the bytes and the needles is, in whatever process
 */
record Outputs(OutputSettings settings, String digest) {

    static Outputs of(TacetConfig config) {
        Map<String, Set<String>> wanted = new LinkedHashMap<>();
        Set<KeyRef> base64 = new LinkedHashSet<>();
        StringJoiner words = new StringJoiner("\n");
        for (SecretSettings secret : config.secrets()) {
            words.add("secret " + secret.name());
            secret.keys().forEach((name, key) -> {
                words.add("key " + name + " " + key.base64() + " " + key.sensitivity());
                if (key.base64()) {
                    base64.add(new KeyRef(secret.name(), name));
                }
            });
            if (!secret.keys().isEmpty()) {
                wanted.put(secret.name(), secret.keys().keySet());
            }
        }
        List<PropertiesFile> properties = new ArrayList<>();
        for (FileSettings file : config.files()) {
            words.add("file " + file.path() + " " + file.format());
            Map<String, KeyRef> entries = new LinkedHashMap<>();
            file.entries().forEach((name, reference) -> {
                words.add("entry " + name + " " + reference.secret() + "/" + reference.key());
                entries.put(name, new KeyRef(reference.secret(), reference.key()));
            });
            properties.add(new PropertiesFile(file.path(), entries, RenderedFile.DEFAULT_MODE));
        }
        Set<String> secrets =
                config.secrets().stream().map(SecretSettings::name).collect(Collectors.toSet());
        return new Outputs(
                new OutputSettings(secrets, wanted, base64, properties, RenderedFile.DEFAULT_MODE),
                digest(words.toString()));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
