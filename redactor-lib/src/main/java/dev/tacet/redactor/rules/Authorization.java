package dev.tacet.redactor.rules;

/**
 * The credentials of an {@code Authorization} header (RFC 7235, section 4.2), also as a member of a JSON object or an entry of a map. The
 * scheme is kept.
 */
final class Authorization implements TokenRule {
    private static final int MOST = 8 * 1024;
    private static final int LEAST = 6;
    private static final int LONGEST_SCHEME = 24;

    @Override
    public String name() {
        return "authorization";
    }

    @Override
    public long match(byte[] in, int start, int end) {
        int at = Texts.skipBlanks(in, Texts.skipQuote(in, end));
        if (at >= in.length || (in[at] != '=' && in[at] != ':')) {
            return Match.NONE;
        }
        at = Texts.skipBlanks(in, at + 1);
        while (at < in.length && in[at] == '[') {
            at++; // a list of header values
        }
        int first = Texts.skipQuote(in, at);
        int scheme = Letters.WORD.end(in, first, LONGEST_SCHEME);
        if (scheme == in.length) {
            return Match.open(first);
        }
        // Without a scheme the word is the credential.
        int from = scheme > first && in[scheme] == ' ' ? scheme + 1 : first;
        boolean parameters = from > first && !isToken(in, first, scheme);
        int last = parameters ? lineEnd(in, from) : Letters.TOKEN_68.end(in, from, MOST);
        if (last == in.length) {
            return last - from < LEAST ? Match.open(from) : Match.foundOpen(from, last);
        }
        return last - from < LEAST || Placeholders.isPlaceholder(in, from, last) ? Match.NONE : Match.found(from, last);
    }

    /** Whether the scheme's credentials are one token, rather than parameters to the end of the line. */
    private static boolean isToken(byte[] in, int first, int scheme) {
        byte letter = (byte) (in[first] | 0x20);
        // Basic, Bearer, Token, Negotiate
        return letter == 'b' || letter == 't' || letter == 'n' || scheme - first < 4;
    }

    private static int lineEnd(byte[] in, int from) {
        int limit = Math.min(in.length, from + MOST);
        int end = from;
        while (end < limit && in[end] != '\n' && in[end] != '\r' && in[end] != '"' && in[end] != '\\') {
            end++;
        }
        return end;
    }
}
