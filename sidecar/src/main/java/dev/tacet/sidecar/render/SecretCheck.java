package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.SecretData;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether one secret, decoded, is fit for every output that draws from it. */
final class SecretCheck {
    private final List<Output> outputs;

    SecretCheck(List<Output> outputs) {
        this.outputs = outputs;
    }

    /** The first thing that is wrong with it. */
    Optional<Problem> check(String secret, SecretData data) {
        if (data.values().isEmpty()) {
            return Optional.of(new Problem(secret, secret + " has no keys", "store at least one key in it"));
        }
        for (Map.Entry<String, SecretValue> entry : data.values().entrySet()) {
            Optional<Problem> problem = checkFile(new KeyRef(secret, entry.getKey()), entry.getValue());
            if (problem.isPresent()) {
                return problem;
            }
        }
        return outputs.stream()
                .flatMap(output -> output.check(secret, data).stream())
                .findFirst();
    }

    private static Optional<Problem> checkFile(KeyRef ref, SecretValue value) {
        Optional<String> unfit = FileNames.check(ref.key());
        if (unfit.isPresent()) {
            return Optional.of(new Problem(
                    ref.secret(),
                    "key " + ref + " cannot be a file: its name " + unfit.get(),
                    "rename the key: 1 to 255 bytes, no slash, no control character, not starting with .."));
        }
        if (value.length() == 0) {
            return Optional.of(
                    new Problem(ref.secret(), ref + " is empty", "give the key a value, or remove it from the secret"));
        }
        return Optional.empty();
    }

    /** Whether a key is there, and text, as the file at {@code path} needs it. */
    static Optional<Problem> checkText(String path, KeyRef ref, SecretData data) {
        SecretValue value = data.values().get(ref.key());
        if (value == null) {
            return Optional.of(missing(path, ref));
        }
        if (Text.of(value).isEmpty()) {
            return Optional.of(new Problem(
                    ref.secret(),
                    ref + " is not UTF-8 text, and " + path + " draws from it",
                    "read it from its own file, and take it out of " + path));
        }
        return Optional.empty();
    }

    static Problem missing(String path, KeyRef ref) {
        return new Problem(
                ref.secret(),
                ref + " is missing, and " + path + " draws from it",
                "store that key in the secret, or correct the config");
    }

    static Problem missing(KeyRef ref) {
        return new Problem(ref.secret(), ref + " is missing", "store that key in the secret, or correct the config");
    }
}
