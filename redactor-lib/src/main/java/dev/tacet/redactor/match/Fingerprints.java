package dev.tacet.redactor.match;

/**
 * Keyed polynomial hashes of byte strings, modulo the prime 2^61 - 1 (Karp and Rabin, 1987).
 *
 * <p>Two different strings of n bytes collide with a chance of n / 2^61 under a random key, also when somebody who does
 * not know the key chooses them; a collision would mask too much, never too little. So a fingerprint and a length stand
 * for a value: compiled values take the same room however long they are, and their bytes are not in memory.
 */
final class Fingerprints {
    private static final long PRIME = (1L << 61) - 1;

    private final long key;

    Fingerprints(long seed) {
        // Far from 0 and 1, and below the prime.
        this.key = (1L << 32) + (seed & (PRIME >>> 1));
    }

    long of(byte[] bytes, int from, int to) {
        return extend(0, bytes, from, to);
    }

    /** The fingerprint of a string that goes on with these bytes after one whose fingerprint is {@code hash}. */
    long extend(long hash, byte[] bytes, int from, int to) {
        long extended = hash;
        for (int i = from; i < to; i++) {
            extended = reduce(multiply(extended, key) + (bytes[i] & 0xff) + 1);
        }
        return extended;
    }

    /** The fingerprint of what follows a prefix, from that of the whole; {@code shift} is {@link #shift} of its length. */
    static long suffix(long whole, long prefix, long shift) {
        return reduce(whole + PRIME - multiply(prefix, shift));
    }

    /** What {@code length} more bytes multiply a fingerprint by. */
    long shift(int length) {
        long result = 1;
        long square = key;
        for (int rest = length; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    private static long multiply(long a, long b) {
        // Both are below 2^61, so the product is below 2^122: its upper 61 bits count like its lower ones.
        long upper = (Math.multiplyHigh(a, b) << 3) | ((a * b) >>> 61);
        return reduce(upper + (a * b & PRIME));
    }

    private static long reduce(long sum) {
        long folded = (sum & PRIME) + (sum >>> 61);
        return folded >= PRIME ? folded - PRIME : folded;
    }
}
