package dev.tacet.sidecar.cli;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.AgeDocument;
import dev.tacet.sidecar.source.SecretData;
import java.nio.charset.StandardCharsets;

/**
 * Which value: {@code NAME/KEY}. The last slash divides, so a name may have slashes of its own.
 *
 * @param name of the secret
 * @param key within it
 */
record StoreKey(String name, String key) {
    /** What a file name may have, because a published key becomes one. */
    private static final int LONGEST = 255;

    static StoreKey parse(String text) {
        String[] parts = text.split("/", -1);
        boolean fits = parts.length > 1;
        for (String part : parts) {
            fits &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
            fits &= part.chars().noneMatch(Character::isISOControl);
            fits &= part.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
        }
        if (!fits) {
            throw new CliException(
                    ExitCodes.USAGE,
                    "not a secret and a key: " + shown(text),
                    "write NAME/KEY, such as db/password; no part may be empty, . or .., or longer than 255 bytes");
        }
        int slash = text.lastIndexOf('/');
        return new StoreKey(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Its value now; a failure when there is none. */
    SecretValue in(AgeDocument document, StoreFiles files) {
        SecretData secret = document.secrets().get(name);
        SecretValue value = secret == null ? null : secret.values().get(key);
        if (value == null) {
            throw new CliException(
                    ExitCodes.UNUSABLE,
                    "no value " + shown(toString()) + " in the store " + files.file(),
                    "tacet store list shows what is in it; tacet store put adds a value");
        }
        return value;
    }

    /** A name that a hand-edited file may have filled with anything, made fit for a terminal. */
    static String shown(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public String toString() {
        return name + "/" + key;
    }
}
