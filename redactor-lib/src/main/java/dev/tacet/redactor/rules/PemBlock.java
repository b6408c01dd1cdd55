package dev.tacet.redactor.rules;

import java.nio.charset.StandardCharsets;

/**
 * A private key in PEM (RFC 7468) or as OpenSSH and PGP write it, from BEGIN to END; to the end of the text when there is no END. Line ends
 * may be escaped.
 */
final class PemBlock implements TokenRule {
    /** Behind {@code -----BEGIN } up to so many bytes of a label. */
    private static final int LABEL = 40;

    /** What is longer without an end is no key. */
    private static final int MOST = 64 * 1024;

    private static final byte[] PRIVATE_KEY = "PRIVATE KEY".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "-----END ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DASHES = "-----".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "private-key";
    }

    @Override
    public long match(byte[] in, int start, int end) {
        int label = find(PRIVATE_KEY, in, end, Math.min(in.length, end + LABEL));
        if (label < 0) {
            return end + LABEL > in.length && isLabel(in, end) ? Match.open(start) : Match.NONE;
        }
        int last = Math.min(in.length, start + MOST);
        int closing = find(END, in, label, last);
        if (closing < 0) {
            return last == in.length ? Match.foundOpen(start, last) : Match.found(start, last);
        }
        int dashes = find(DASHES, in, closing + END.length, Math.min(in.length, closing + END.length + LABEL));
        if (dashes < 0) {
            return closing + END.length + LABEL > in.length
                    ? Match.foundOpen(start, in.length)
                    : Match.found(start, closing + END.length);
        }
        return Match.found(start, dashes + DASHES.length);
    }

    private static boolean isLabel(byte[] in, int from) {
        for (int i = from; i < in.length; i++) {
            if (!(in[i] >= 'A' && in[i] <= 'Z') && in[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    private static int find(byte[] wanted, byte[] in, int from, int to) {
        for (int i = from; i + wanted.length <= to; i++) {
            if (in[i] == wanted[0] && Texts.isAt(wanted, in, i)) {
                return i;
            }
        }
        return -1;
    }
}
