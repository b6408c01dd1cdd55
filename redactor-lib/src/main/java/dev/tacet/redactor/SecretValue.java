package dev.tacet.redactor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The bytes of one secret. Immutable: copies in, copies out.
 *
 * <p>Not a record, because a record prints and compares its components: {@link #toString()} is a fixed word and
 * {@link #equals} takes the same time wherever two values differ. {@link #reveal()} is the only way to the bytes, so a
 * search for that word finds every place where a secret is read. The bytes stay in memory until they are collected;
 * the JVM offers no way to promise more.
 */
public final class SecretValue {
    private final byte[] bytes;

    private SecretValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A value of any bytes, none included. The array is copied. */
    public static SecretValue of(byte[] bytes) {
        return new SecretValue(bytes.clone());
    }

    /** A value that is text, as UTF-8. */
    public static SecretValue ofUtf8(String text) {
        return new SecretValue(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. Every call of this method is a place to review. */
    public byte[] reveal() {
        return bytes.clone();
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Compares in a time that depends on the lengths only. */
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof SecretValue that && MessageDigest.isEqual(bytes, that.bytes));
    }

    /** The length: a hash of the bytes would let a guess be checked against a heap dump or a printed map. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "[SECRET]";
    }
}
