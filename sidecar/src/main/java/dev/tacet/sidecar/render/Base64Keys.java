package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.SecretData;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decodes the values that a source can only hold as base64.
 *
 * <p>Only the one canonical form of RFC 4648 section 4 is taken: padded, on one line, without stray bits. Whatever else
 * decodes was likely cut or edited by hand.
 */
final class Base64Keys {
    private final Set<KeyRef> keys;

    Base64Keys(Set<KeyRef> keys) {
        this.keys = keys;
    }

    Prepared decode(String secret, SecretData data) {
        SortedMap<String, SecretValue> values = new TreeMap<>(data.values());
        for (KeyRef ref : keys) {
            if (!ref.secret().equals(secret)) {
                continue;
            }
            SecretValue encoded = values.get(ref.key());
            if (encoded == null) {
                return new Prepared.Unfit(SecretCheck.missing(ref));
            }
            Optional<SecretValue> decoded = decode(encoded);
            if (decoded.isEmpty()) {
                return new Prepared.Unfit(new Problem(
                        secret,
                        ref + " is not base64",
                        "store it as one line of padded base64, as base64 -w0 prints it"));
            }
            values.put(ref.key(), decoded.get());
        }
        return new Prepared.Fit(new SecretData(data.version(), values));
    }

    private static Optional<SecretValue> decode(SecretValue encoded) {
        byte[] text = encoded.reveal();
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            boolean canonical = Arrays.equals(Base64.getEncoder().encode(bytes), text);
            return canonical ? Optional.of(SecretValue.of(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            // Its message quotes a character of the value.
            return Optional.empty();
        }
    }
}
