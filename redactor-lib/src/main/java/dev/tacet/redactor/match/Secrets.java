package dev.tacet.redactor.match;

import java.util.Random;

/**
 * What keeps compiled tables from being values: the key of fingerprints, odd factors for hashes, and a pad for the bytes of forms.
 * It lies in the same heap; it keeps values from being read in a dump, not from somebody who looks for them with it.
 */
final class Secrets {
    /** Bytes of the pad: as many as the longest form has of which beginnings are looked for. */
    static final int PAD = Floors.CUT_LARGE;

    final Fingerprints fingerprints;
    final int factor;
    private final long start;
    final byte[] pad = new byte[PAD];

    Secrets(long seed) {
        Random random = new Random(seed);
        this.fingerprints = new Fingerprints(random.nextLong());
        this.factor = random.nextInt() | 1;
        this.start = random.nextLong();
        random.nextBytes(pad);
    }

    /** A hash of {@link Scanner#GRAM} bytes. The upper bits depend on all of them, the lower ones on the first alone. */
    int hash(byte[] bytes, int index) {
        return Words.four(bytes, index) * factor;
    }

    /** A hash of four to 32 bytes: cheap, and no proof. */
    long mix(byte[] bytes, int from, int length) {
        long hash = start ^ length;
        if (length < 8) {
            long both = (long) Words.four(bytes, from) << 32 | (Words.four(bytes, from + length - 4) & 0xffffffffL);
            return mixed(hash, both);
        }
        for (int i = 0; i + 8 <= length; i += 8) {
            hash = mixed(hash, Words.eight(bytes, from + i));
        }
        return (length & 7) == 0 ? hash : mixed(hash, Words.eight(bytes, from + length - 8));
    }

    private static long mixed(long hash, long word) {
        long next = (hash ^ word) * 0x9e3779b97f4a7c15L;
        return next ^ (next >>> 32);
    }
}
