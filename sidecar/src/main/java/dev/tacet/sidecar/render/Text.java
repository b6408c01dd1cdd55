package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.SecretData;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Values as text. Not as strings: nothing must come to intern or print one. */
final class Text {
    private Text() {}

    /** The value as text, if it is UTF-8. */
    static Optional<CharSequence> of(SecretValue value) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.reveal())));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The value of a key that was checked to be there and to be text. */
    static CharSequence checked(KeyRef ref, SecretData data) {
        return Optional.ofNullable(data.values().get(ref.key()))
                .flatMap(Text::of)
                .orElseThrow();
    }

    static boolean holdsNul(CharSequence text) {
        return text.chars().anyMatch(c -> c == '\0');
    }
}
