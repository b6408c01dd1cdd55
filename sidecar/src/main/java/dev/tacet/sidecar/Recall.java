package dev.tacet.sidecar;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.volume.Needles;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the values of a published version among the needles, so that a restart knows what readers have without asking
 * a vault that may be away.
 */
final class Recall {
    private Recall() {}

    /** The values of one version; nothing when they are not all told apart, as after a version number came twice. */
    static Optional<SecretData> values(String secret, String version, Needles needles) {
        TreeMap<String, SecretValue> values = new TreeMap<>();
        Set<String> ambiguous = new HashSet<>();
        String prefix = secret + "/";
        for (Needles.Entry entry : needles.entries()) {
            Needle needle = entry.needle();
            if (needle.name().startsWith(prefix) && needle.version().equals(version)) {
                String key = needle.name().substring(prefix.length());
                SecretValue other = values.put(key, needle.value());
                if (other != null && !other.equals(needle.value())) {
                    ambiguous.add(key);
                }
            }
        }
        return values.isEmpty() || !ambiguous.isEmpty()
                ? Optional.empty()
                : Optional.of(new SecretData(version, values));
    }
}
