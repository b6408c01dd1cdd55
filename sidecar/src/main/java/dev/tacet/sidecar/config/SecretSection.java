package dev.tacet.sidecar.config;

import dev.tacet.redactor.Sensitivity;
import dev.tacet.sidecar.config.SecretSettings.OutageContract;
import dev.tacet.sidecar.config.SecretSettings.Overlap;
import dev.tacet.sidecar.config.SecretSettings.Reaction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads one entry of the section {@code secrets}. */
final class SecretSection {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MONTH = Duration.ofDays(31);

    private SecretSection() {}

    /** @param vault whether a vault is configured; {@code age} likewise */
    static SecretSettings read(String name, Section section, boolean vault, boolean age) {
        Origin origin = OriginSection.read(section, vault, age);
        SecretSettings secret = new SecretSettings(
                name,
                origin,
                section.duration("poll", Duration.ofSeconds(1), DAY, Duration.ofSeconds(60)),
                section.flag("required", true),
                section.optionalSection("keys").map(SecretSection::keys).orElse(Map.of()),
                contract(section),
                overlap(section, origin));
        section.end();
        return secret;
    }

    private static OutageContract contract(Section section) {
        Optional<Duration> maxStale = section.has("max-stale")
                ? Optional.of(section.duration("max-stale", Duration.ofSeconds(1), MONTH, DAY))
                : Optional.empty();
        return new OutageContract(
                maxStale,
                section.choice("on-deleted", Reaction.class, Reaction.KEEP),
                section.choice("on-forbidden", Reaction.class, Reaction.KEEP),
                section.choice("on-expired", Reaction.class, Reaction.KEEP));
    }

    private static Overlap overlap(Section section, Origin origin) {
        Duration grace = section.duration("grace", Duration.ZERO, DAY, Overlap.DEFAULT.grace());
        boolean revoke = origin instanceof Origin.Certificate certificate
                ? certificate.revoke()
                : section.flag("revoke", Overlap.DEFAULT.revoke());
        return new Overlap(grace, revoke);
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
