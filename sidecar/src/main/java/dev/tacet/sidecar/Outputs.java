package dev.tacet.sidecar;

import dev.tacet.sidecar.config.FileSettings;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.TacetConfig;
import dev.tacet.sidecar.render.KeyRef;
import dev.tacet.sidecar.render.OutputSettings;
import dev.tacet.sidecar.render.RenderedFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
        config.files().forEach(file -> describe(file, words));
        Set<String> secrets =
                config.secrets().stream().map(SecretSettings::name).collect(Collectors.toSet());
        return new Outputs(
                new OutputSettings(secrets, wanted, base64, config.files(), RenderedFile.DEFAULT_MODE),
                digest(words.toString()));
    }

    /** Equal when the same keys are asked for in the same way at the same place. Of what is asked for nothing can be seen in it. */
    static String origin(SecretSettings secret) {
        return digest("origin " + secret.origin() + "\nkeys " + secret.keys().keySet());
    }

    private static void describe(FileSettings file, StringJoiner words) {
        words.add("file " + file.path() + " " + Integer.toOctalString(file.mode()));
        FileSettings.Content content = file.content();
        if (content instanceof FileSettings.Entries entries) {
            words.add("entries " + entries.format());
            entries.entries().forEach((name, reference) -> words.add("entry " + name + " " + reference));
        } else if (content instanceof FileSettings.Template template) {
            String text = template.text().text();
            words.add("template " + template.escape() + " " + text.length() + " " + text);
        } else if (content instanceof FileSettings.Pem pem) {
            words.add("pem " + pem.part() + " " + pem.root());
            describe(pem.keys(), words);
        } else if (content instanceof FileSettings.Keystore keystore) {
            words.add("pkcs12 " + keystore.root() + " " + keystore.alias() + " " + keystore.passwordFile());
            describe(keystore.keys(), words);
        }
    }

    private static void describe(FileSettings.TlsKeys keys, StringJoiner words) {
        words.add("tls " + keys.secret() + " " + keys.certificate() + " " + keys.privateKey() + " "
                + keys.chain().orElse(""));
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
