package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.SecretData;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Leaves of a secret what the config names, where it names anything. */
final class WantedKeys {
    private final Map<String, Set<String>> wanted;

    WantedKeys(Map<String, Set<String>> wanted) {
        this.wanted = wanted;
    }

    Prepared select(String secret, SecretData data) {
        Set<String> keys = wanted.get(secret);
        if (keys == null) {
            return new Prepared.Fit(data);
        }
        SortedMap<String, SecretValue> values = new TreeMap<>();
        // In order: of several missing keys the same one is reported each time.
        for (String key : new TreeSet<>(keys)) {
            SecretValue value = data.values().get(key);
            if (value == null) {
                return new Prepared.Unfit(SecretCheck.missing(new KeyRef(secret, key)));
            }
            values.put(key, value);
        }
        return new Prepared.Fit(new SecretData(data.version(), values));
    }
}
