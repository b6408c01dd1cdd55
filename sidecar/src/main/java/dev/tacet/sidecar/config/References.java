package dev.tacet.sidecar.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells whether what a file refers to, {@code secret/key}, is there. */
final class References {
    private final Map<String, SecretSettings> secrets;

    References(List<SecretSettings> secrets) {
        this.secrets = secrets.stream().collect(Collectors.toMap(SecretSettings::name, Function.identity()));
    }

    boolean isSecret(String name) {
        return secrets.containsKey(name);
    }

    /** The secrets that are there from the first generation on. */
    Set<String> required() {
        return secrets.values().stream()
                .filter(SecretSettings::required)
                .map(SecretSettings::name)
                .collect(Collectors.toSet());
    }

    Set<String> all() {
        return secrets.keySet();
    }

    Optional<FileSection.Fault> fault(String text) {
        FileSettings.Reference reference = parse(text);
        SecretSettings secret = secrets.get(reference.secret());
        if (secret == null) {
            return Optional.of(new FileSection.Fault("no such secret", "write secret/key, as in db/password"));
        }
        if (reference.key().isEmpty()) {
            return Optional.of(new FileSection.Fault("no key is named", "write secret/key, as in db/password"));
        }
        if (!secret.keys().isEmpty() && !secret.keys().containsKey(reference.key())) {
            return Optional.of(new FileSection.Fault(
                    "no such key", "it must be among the keys of the secret " + reference.secret()));
        }
        return Optional.empty();
    }

    /** Splits a text at its first slash; without one, it names no key. */
    static FileSettings.Reference parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new FileSettings.Reference(text, "")
                : new FileSettings.Reference(text.substring(0, slash), text.substring(slash + 1));
    }
}
