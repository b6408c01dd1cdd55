package dev.tacet.sidecar.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One output beside the tree: an entry of {@code files}.
 *
 * @param path its path in the volume, with {@code /} between names
 * @param mode its permission bits; the file is made with them
 * @param content what it holds
 */
public record FileSettings(String path, int mode, Content content) {
    /** Owner and group may read. */
    public static final int DEFAULT_MODE = 0440;

    /** The paths that it takes: its own, and those of what is written beside it as one set. */
    public List<String> paths() {
        return content instanceof Keystore keystore ? List.of(path, keystore.passwordFile) : List.of(path);
    }

    /** What a file holds. */
    public sealed interface Content {
        /** The names of the secrets that it draws from. */
        Set<String> secrets();
    }

    /**
     * One value an entry.
     *
     * @param format how they are written
     * @param entries by name, in the order of the file. In JSON and YAML a dot in a name goes one level deeper
     */
    public record Entries(Format format, Map<String, Reference> entries) implements Content {
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public Set<String> secrets() {
            return entries.values().stream().map(Reference::secret).collect(Collectors.toSet());
        }
    }

    /** The formats that hold entries. */
    public enum Format {
        /** {@code java.util.Properties}. */
        PROPERTIES,
        /** Assignments that a shell reads, {@code NAME='value'}. */
        DOTENV,
        JSON,
        YAML
    }

    /**
     * A text with values in it.
     *
     * @param text the template
     * @param escape how values are written in it
     * @param file where the template was read, if not in the configuration itself
     */
    public record Template(TemplateText text, Escape escape, Optional<Path> file) implements Content {
        @Override
        public Set<String> secrets() {
            return text.values().stream()
                    .map(name -> References.parse(name).secret())
                    .collect(Collectors.toSet());
        }
    }

    /** How a value is written in a template; of the first three, the whole file must be one document. */
    public enum Escape {
        /** Inside double quotes. */
        JSON,
        /** Inside double quotes. */
        YAML,
        /** In text, or in an attribute. */
        XML,
        /** As the value of a property. */
        PROPERTIES,
        /** With quotes of its own, as one word. */
        SHELL,
        /** As it is. */
        NONE
    }

    /**
     * Of a key and its certificates, one part, as PEM.
     *
     * @param part which
     * @param root whether the root, where the secret holds it, ends the chain
     */
    public record Pem(TlsKeys keys, Part part, boolean root) implements Content {
        @Override
        public Set<String> secrets() {
            return Set.of(keys.secret());
        }
    }

    /** The parts of a key with certificates. */
    public enum Part {
        /** The private key, as PKCS#8. */
        KEY,
        /** The certificate of the key. */
        LEAF,
        /** The leaf and what issued it, in this order. */
        CHAIN,
        /** The private key, then the chain. */
        BUNDLE
    }

    /**
     * A key and its certificates as PKCS#12, and its password beside it. Both are one set: they change together.
     *
     * @param root whether the root, where the secret holds it, ends the chain
     * @param alias the name of the one entry, lower case as Java readers make it
     * @param passwordFile the path of the password's file
     */
    public record Keystore(TlsKeys keys, boolean root, String alias, String passwordFile) implements Content {
        @Override
        public Set<String> secrets() {
            return Set.of(keys.secret());
        }
    }

    /**
     * Where a key and its certificates are.
     *
     * @param secret the secret's name here
     * @param certificate the key of the leaf; others may follow it there
     * @param privateKey the key of the private key
     * @param chain the key of what issued it, which must be there; if none is named, {@code ca_chain} or else
     *     {@code issuing_ca} where there is one
     */
    public record TlsKeys(String secret, String certificate, String privateKey, Optional<String> chain) {}

    /** A value by the secret's name here and the key in it. */
    public record Reference(String secret, String key) {
        @Override
        public String toString() {
            return secret + "/" + key;
        }
    }
}
