package dev.tacet.redactor.rules;

/**
 * A JSON Web Token (RFC 7519) in compact form: two to five parts of base64 with dots between, of which the first begins a JSON object.
 * Masked whole, also when its signature was cut off.
 */
final class Jwt implements TokenRule {
    private static final int MOST = 64 * 1024;
    private static final int LEAST_HEADER = 12;
    private static final int LEAST_PAYLOAD = 6;
    private static final int PARTS = 5;

    @Override
    public String name() {
        return "jwt";
    }

    @Override
    public long match(byte[] in, int start, int end) {
        if (Letters.WORD.before(in, start)) {
            return Match.NONE;
        }
        int last = Letters.WORD.end(in, end, MOST);
        if (last == in.length) {
            return Match.open(start);
        }
        if (last - start < LEAST_HEADER || in[last] != '.') {
            return Match.NONE;
        }
        int first = last + 1;
        last = Letters.WORD.end(in, first, MOST);
        if (last - first < LEAST_PAYLOAD) {
            return last == in.length ? Match.open(start) : Match.NONE;
        }
        // Of JWE (RFC 7516) some parts may be empty.
        for (int part = 2; part < PARTS && last < in.length && in[last] == '.'; part++) {
            int next = Letters.WORD.end(in, last + 1, MOST);
            if (next == last + 1 && !(next < in.length && in[next] == '.')) {
                break; // the end of a sentence
            }
            last = next;
        }
        // A dot at the end may be a sentence's, or come before a part that is not there yet.
        boolean open = last == in.length || (last == in.length - 1 && in[last] == '.');
        return open ? Match.foundOpen(start, last) : Match.found(start, last);
    }
}
