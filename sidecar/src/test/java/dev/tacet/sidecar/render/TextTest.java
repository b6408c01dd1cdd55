package dev.tacet.sidecar.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import org.junit.jupiter.api.Test;

final class TextTest {

    @Test
    void tellsTextFromBytes() {
        assertThat(Text.of(SecretValue.of(new byte[] {(byte) 0xc3, 0x28}))).isEmpty();
        // UTF-8 has no surrogates, and no overlong forms
        assertThat(Text.of(SecretValue.of(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})))
                .isEmpty();
        assertThat(Text.of(SecretValue.of(new byte[] {(byte) 0xc0, (byte) 0x80})))
                .isEmpty();
        assertThat(Text.of(SecretValue.ofUtf8("größe"))).isPresent();
    }
}
