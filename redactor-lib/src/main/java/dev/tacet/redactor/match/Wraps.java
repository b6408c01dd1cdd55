package dev.tacet.redactor.match;

/**
 * Joins lines of digits, of base64 or hexadecimal, that an encoder wrapped: {@code xxd -p} at 60 of them, PEM (RFC 7468) at 64, MIME
 * (RFC 2045) at 76. A line with fewer is taken to end with its text.
 */
final class Wraps extends Unescaper {
    /** The fewest digits in a line that goes on in the next. */
    private static final int WRAPPED = 57;

    /** The most blanks that the next line may begin with. */
    private static final int INDENT = 32;

    @Override
    void next() {
        while (at < length && in[at] != '\n' && !isHalfBreak()) {
            at++;
        }
    }

    /** A carriage return at the end, whose line feed may follow. */
    private boolean isHalfBreak() {
        return in[at] == '\r' && at == length - 1;
    }

    @Override
    void read() {
        int lineEnd = in[at] == '\n' && at > 0 && in[at - 1] == '\r' ? at - 1 : at;
        int next = at + 1;
        while (next < length && next <= at + INDENT && (in[next] == ' ' || in[next] == '\t')) {
            next++;
        }
        if (isWrapped(in, lineEnd) && (next == length || Alphabet.isBase64(in[next]))) {
            at = lineEnd;
            replace(-1, next - lineEnd);
        } else {
            keep(false);
        }
    }

    /** Whether a line may be wrapped anywhere in a text; cheap when there are few line breaks. */
    static boolean are(byte[] bytes, int length) {
        for (int i = WRAPPED; i < length; i++) {
            if (bytes[i] == '\n' && isWrapped(bytes, bytes[i - 1] == '\r' ? i - 1 : i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWrapped(byte[] bytes, int end) {
        if (end < WRAPPED) {
            return false;
        }
        for (int i = end - 1; i >= end - WRAPPED; i--) {
            if (!Alphabet.isBase64(bytes[i])) {
                return false;
            }
        }
        return true;
    }
}
