package dev.tacet.sidecar.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where a secret comes from, and how it is asked for: the keys {@code source}, {@code engine} and what belongs to it.
 *
 * <p>Paths are logical for the key-value engines, as {@code kv get -mount=MOUNT PATH} takes them, and API paths for all
 * others, as {@code read PATH} and {@code write PATH} take them.
 */
public sealed interface Origin {

    /** Names it in messages: a path, never a parameter. */
    String path();

    /** An entry of the age store. */
    record Stored(String path) implements Origin {}

    /** KV v1 in the vault: values without versions. */
    record Kv1(String mount, String path) implements Origin {}

    /**
     * KV v2 in the vault.
     *
     * @param version the one version that is wanted; the current one otherwise
     */
    record Kv2(String mount, String path, OptionalInt version) implements Origin {
        public Kv2(String mount, String path) {
            this(mount, path, OptionalInt.empty());
        }
    }

    /**
     * A request whose answer carries a lease, as a database engine's {@code creds/ROLE}.
     *
     * @param parameters written with the request; without any it is a read
     */
    record Dynamic(String path, Map<String, String> parameters) implements Origin {
        public Dynamic {
            parameters = ordered(parameters);
        }
    }

    /** A credential that the vault rotates by itself: a database engine's {@code static-creds/ROLE}. */
    record StaticRole(String path) implements Origin {}

    /**
     * A certificate of a PKI engine.
     *
     * @param path {@code MOUNT/issue/ROLE}, where the engine makes the key, or {@code MOUNT/sign/ROLE}, where we make it
     *     and it never leaves this process but for the volume
     * @param parameters such as {@code common_name} and {@code ttl}
     * @param revoke whether a certificate that was replaced is revoked: its role has to allow that
     */
    record Certificate(String path, Map<String, String> parameters, boolean revoke) implements Origin {
        public Certificate {
            parameters = ordered(parameters);
        }

        /** Whether the key is made here. */
        public boolean isSigned() {
            return path.contains("/sign/");
        }
    }

    /**
     * Texts that a transit engine decrypts.
     *
     * @param path {@code MOUNT/decrypt/KEY}
     * @param ciphertexts by the name of the key that the plain text gets
     */
    record Decrypted(String path, Map<String, String> ciphertexts) implements Origin {
        public Decrypted {
            ciphertexts = ordered(ciphertexts);
        }
    }

    /**
     * Any other path; what its answer holds under {@code data}.
     *
     * @param parameters written with the request; without any it is a read
     */
    record Logical(String path, Map<String, String> parameters) implements Origin {
        public Logical {
            parameters = ordered(parameters);
        }
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
