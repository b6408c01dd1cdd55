package dev.tacet.redactor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretValueTest {
    private static final String CANARY = "canary-7Yk2pQ";

    @Test
    void hidesItsBytesFromTextAndHash() {
        SecretValue value = SecretValue.ofUtf8(CANARY);
        assertThat(value.reveal()).asString().isEqualTo(CANARY);
        assertThat(value).hasToString("[SECRET]");
        assertThat(value.hashCode())
                .isEqualTo(SecretValue.ofUtf8("another value").hashCode());
    }

    @Test
    void copiesInAndOut() {
        byte[] given = {1, 2, 3};
        SecretValue value = SecretValue.of(given);
        given[0] = 9;
        value.reveal()[1] = 9;
        assertThat(value.reveal()).containsExactly(1, 2, 3);
    }

    @Test
    void isEqualByItsBytes() {
        assertThat(SecretValue.ofUtf8(CANARY))
                .isEqualTo(SecretValue.ofUtf8(CANARY))
                .isNotEqualTo(SecretValue.ofUtf8("canary-7Yk2pR"));
    }
}
