package dev.tacet.redactor.rules;

/** Whether a text stands at a place. */
final class Texts {
    private Texts() {}

    static boolean isAt(byte[] wanted, byte[] in, int at) {
        if (at < 0 || at + wanted.length > in.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (in[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** The same for a text in lower case, whose letters may be of either. */
    static boolean isAtIgnoringCase(byte[] lower, byte[] in, int at) {
        return beginsAtIgnoringCase(lower, lower.length, in, at);
    }

    /** The same for the first bytes of a text. */
    static boolean beginsAtIgnoringCase(byte[] lower, int size, byte[] in, int at) {
        if (at < 0 || at + size > in.length) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            byte b = in[at + i];
            if (b != lower[i] && !(b >= 'A' && b <= 'Z' && b + 0x20 == lower[i])) {
                return false;
            }
        }
        return true;
    }

    static int skipBlanks(byte[] in, int from) {
        int at = from;
        while (at < in.length && (in[at] == ' ' || in[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** Behind a quote that stands at {@code from}, with any backslashes before it; {@code from} when none does. */
    static int skipQuote(byte[] in, int from) {
        int at = from;
        while (at < in.length && in[at] == '\\') {
            at++;
        }
        return at < in.length && (in[at] == '"' || in[at] == '\'') ? at + 1 : from;
    }
}
