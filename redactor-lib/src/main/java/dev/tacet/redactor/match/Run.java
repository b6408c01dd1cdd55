package dev.tacet.redactor.match;

/**
 * A run of digits of one alphabet in a text, over line breaks too where lines are as long as encoders wrap them: {@code xxd -p} at 60,
 * PEM at 64, MIME at 76. A shorter line is taken to end with its text.
 */
final class Run {
    /** The fewest digits in a line that goes on in the next. */
    private static final int WRAPPED = 57;

    /** The most blanks that the next line may begin with. */
    private static final int INDENT = 32;

    private final boolean hex;

    /** @param hex whether the digits are hexadecimal rather than base64's */
    Run(boolean hex) {
        this.hex = hex;
    }

    boolean isDigit(byte b) {
        return hex ? Alphabet.hexDigit(b) >= 0 : Alphabet.isBase64(b);
    }

    /** Where the run begins that the digit at {@code index} is in. */
    int start(byte[] bytes, int index) {
        int start = index;
        while (start > 0) {
            if (isDigit(bytes[start - 1])) {
                start--;
                continue;
            }
            int lineEnd = lineEndBefore(bytes, start);
            if (lineEnd < 0 || !isWrapped(bytes, lineEnd)) {
                return start;
            }
            start = lineEnd;
        }
        return start;
    }

    /** Where the run ends that the digit at {@code index} is in. */
    int end(byte[] bytes, int index, int length) {
        int end = index;
        while (end < length) {
            if (isDigit(bytes[end])) {
                end++;
                continue;
            }
            int next = nextLine(bytes, end, length);
            if (next < 0 || next == length || !isDigit(bytes[next]) || !isWrapped(bytes, end)) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /** Where the first thing of the next line stands, when the line ends at {@code end}; -1 when it does not end there. */
    static int nextLine(byte[] bytes, int end, int length) {
        int i = end;
        if (i < length && bytes[i] == '\r') {
            i++;
        }
        if (i == length || bytes[i] != '\n') {
            return -1;
        }
        i++;
        int first = i;
        while (i < length && i < first + INDENT && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i;
    }

    private static int lineEndBefore(byte[] bytes, int start) {
        int i = start;
        while (i > 0 && i > start - INDENT && (bytes[i - 1] == ' ' || bytes[i - 1] == '\t')) {
            i--;
        }
        if (i == 0 || bytes[i - 1] != '\n') {
            return -1;
        }
        i--;
        return i > 0 && bytes[i - 1] == '\r' ? i - 1 : i;
    }

    /** Whether so many digits stand before {@code end} that the run may go on in the next line. */
    boolean isWrapped(byte[] bytes, int end) {
        if (end < WRAPPED) {
            return false;
        }
        for (int i = end - WRAPPED; i < end; i++) {
            if (!isDigit(bytes[i])) {
                return false;
            }
        }
        return true;
    }
}
