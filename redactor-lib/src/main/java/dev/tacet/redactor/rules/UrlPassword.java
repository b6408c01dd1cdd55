package dev.tacet.redactor.rules;

/** The password in a URL's user information (RFC 3986, section 3.2.1): of {@code scheme://user:password@host} that alone is masked. */
final class UrlPassword implements TokenRule {
    private static final int MOST = 512;

    @Override
    public String name() {
        return "url-password";
    }

    @Override
    public long match(byte[] in, int start, int end) {
        if (!Letters.ALPHANUMERIC.before(in, start)) {
            return Match.NONE;
        }
        int limit = Math.min(in.length, end + MOST);
        int colon = -1;
        int at = -1;
        int i = end;
        for (; i < limit && isUserInfo(in[i]); i++) {
            if (in[i] == ':' && colon < 0) {
                colon = i;
            } else if (in[i] == '@') {
                at = i; // the last one counts: people forget to encode it
            }
        }
        boolean cut = i == in.length;
        if (colon < 0 || at < colon) {
            return cut && colon >= 0 ? Match.open(colon + 1) : Match.NONE;
        }
        if (Placeholders.isPlaceholder(in, colon + 1, at)) {
            return cut ? Match.open(colon + 1) : Match.NONE;
        }
        return cut ? Match.foundOpen(colon + 1, at) : Match.found(colon + 1, at);
    }

    private static boolean isUserInfo(byte b) {
        return b > ' ' && b != '/' && b != '?' && b != '#' && b != '"' && b != '\'' && b != '<' && b != '>' && b != '\\'
                && b != '`';
    }
}
