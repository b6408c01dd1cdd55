package dev.tacet.sidecar;

import dev.tacet.sidecar.source.SecretData;
import java.util.Optional;

/**
 * Counts the versions of a secret whose source counts none: from 1, one more for each set of values that differs from
 * the one before. Only the core's thread uses it.
 */
final class Numbering {
    private long latest;

    /** Goes on behind a version that is published. */
    void continueFrom(String version) {
        if (version.matches("[0-9]{1,18}")) {
            latest = Long.parseLong(version);
        }
    }

    SecretData number(SecretData data, Optional<SecretData> before) {
        if (!data.version().isEmpty()) {
            return data;
        }
        Optional<SecretData> same = before.filter(known -> known.values().equals(data.values()));
        if (same.isPresent()) {
            return new SecretData(same.get().version(), data.values());
        }
        latest++;
        return new SecretData(Long.toString(latest), data.values());
    }
}
