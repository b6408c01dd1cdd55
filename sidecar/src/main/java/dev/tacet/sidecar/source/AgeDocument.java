package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a store holds: secrets by name. Immutable.
 *
 * @param secrets each with its version, a decimal number that grows by one with each change
 */
public record AgeDocument(SortedMap<String, SecretData> secrets) {
    static final AgeDocument EMPTY = new AgeDocument(new TreeMap<>());

    public AgeDocument {
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
    }

    /** The document with one value set, its secret's version one higher; itself when that changes nothing. */
    AgeDocument with(String name, String key, SecretValue value) {
        SecretData old = secrets.get(name);
        SortedMap<String, SecretValue> values = new TreeMap<>();
        long version = 0;
        if (old != null) {
            SecretValue current = old.values().get(key);
            if (current != null && current.equals(value)) {
                return this;
            }
            values.putAll(old.values());
            version = Long.parseLong(old.version());
        }
        values.put(key, value);
        SortedMap<String, SecretData> changed = new TreeMap<>(secrets);
        changed.put(name, new SecretData(Long.toString(version + 1), values));
        return new AgeDocument(changed);
    }

    /** The version of a secret; 0 when it is not there. */
    String version(String name) {
        SecretData secret = secrets.get(name);
        return secret == null ? "0" : secret.version();
    }
}
