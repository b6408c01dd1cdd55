package dev.tacet.redactor.rules;

/**
 * What a {@code Cookie} header holds (RFC 6265, section 4.2), up to the end of the line or of its quotes; of {@code Set-Cookie} up to the
 * attributes.
 */
final class CookieHeader implements TokenRule {
    private static final int MOST = 8 * 1024;
    private static final int LEAST = 6;

    @Override
    public String name() {
        return "cookie";
    }

    @Override
    public long match(byte[] in, int start, int end) {
        int at = Texts.skipQuote(in, end);
        if (at >= in.length || in[at] != ':') {
            return Match.NONE;
        }
        boolean set = start > 0 && in[start - 1] == '-';
        int first = Texts.skipQuote(in, Texts.skipBlanks(in, at + 1));
        int limit = Math.min(in.length, first + MOST);
        int equals = -1;
        int last = first;
        while (last < limit && !ends(in[last], set)) {
            if (in[last] == '=' && equals < 0) {
                equals = last;
            }
            last++;
        }
        int from = equals < 0 ? first : equals + 1;
        if (last == in.length) {
            return equals < 0 || last - from < LEAST ? Match.open(from) : Match.foundOpen(from, last);
        }
        return equals < 0 || last - from < LEAST ? Match.NONE : Match.found(from, last);
    }

    private static boolean ends(byte b, boolean set) {
        return b == '\n' || b == '\r' || b == '"' || b == '\'' || b == '\\' || b == ']' || (set && b == ';');
    }
}
