package dev.tacet.redactor.rules;

/**
 * A value that is given to a name that ends in a keyword: {@code password=T}, {@code db.password: T}, {@code "password":"T"} also inside
 * another text's quotes, {@code PASSWORD='T'}, {@code ?token=T&}, <code>{password=T, …}</code>, {@code f(password=T)}. The value alone is masked.
 *
 * @param name as masks show it
 * @param least the fewest bytes of a value
 * @param telling whether the value must look like a secret, with letters and digits, since the keyword alone says little
 */
record Assignment(String name, int least, boolean telling) implements TokenRule {
    private static final int MOST = 4 * 1024;

    /** A value of so many bytes need have no digit. */
    private static final int LONG = 20;

    /** In prose, behind a colon and a blank, what is shorter is a word. */
    private static final int PROSE = 6;

    @Override
    public long match(byte[] in, int start, int end) {
        int named = Texts.skipQuote(in, end);
        int at = Texts.skipBlanks(in, named);
        if (at >= in.length || (in[at] != '=' && in[at] != ':')) {
            return Match.NONE; // at the end of a text: what follows will see the name before it
        }
        boolean prose = in[at] == ':' && named == end;
        at++;
        if (at < in.length && in[at] == '>') {
            at++;
        }
        int behind = at;
        at = Texts.skipBlanks(in, at);
        prose &= at > behind;
        int first = Texts.skipQuote(in, at);
        boolean quoted = first > at;
        int last = quoted ? quotedEnd(in, first, in[first - 1]) : letters().end(in, first, MOST);
        if (!quoted && telling && last < in.length && (in[last] == '{' || in[last] == '(' || in[last] == '@')) {
            return Match.NONE; // an object that was printed: its class comes first
        }
        if (last - first == MOST) {
            return Match.found(first, last);
        }
        if (last == in.length) {
            return isSecret(in, first, last, prose && !quoted) ? Match.foundOpen(first, last) : Match.open(first);
        }
        return isSecret(in, first, last, prose && !quoted) ? Match.found(first, last) : Match.NONE;
    }

    private Letters letters() {
        return telling ? Letters.TELLING : Letters.VALUE;
    }

    /** Before the quote that closes, and before the backslashes that it may have; an escaped quote inside has more of them. */
    private static int quotedEnd(byte[] in, int first, byte quote) {
        int escapes = 0;
        while (first - 2 - escapes >= 0 && in[first - 2 - escapes] == '\\') {
            escapes++;
        }
        int limit = Math.min(in.length, first + MOST);
        int run = 0;
        for (int i = first; i < limit; i++) {
            if (in[i] == '\\') {
                run++;
            } else if (in[i] == '\n' || (in[i] == quote && run <= escapes)) {
                return i - Math.min(run, escapes);
            } else {
                run = 0;
            }
        }
        return limit;
    }

    private boolean isSecret(byte[] in, int first, int last, boolean prose) {
        int length = last - first;
        if (length < (prose ? Math.max(least, PROSE) : least) || Placeholders.isPlaceholder(in, first, last)) {
            return false;
        }
        if (!telling && !prose) {
            return true;
        }
        boolean digit = false;
        boolean letter = false;
        boolean other = false;
        for (int i = first; i < last; i++) {
            boolean isDigit = in[i] >= '0' && in[i] <= '9';
            digit |= isDigit;
            letter |= isLetter(in[i]);
            other |= !isDigit && !isLetter(in[i]) && in[i] != '.' && in[i] != '-' && in[i] != '_';
        }
        return (digit && letter) || (other && !telling) || (length >= LONG && letter && !isName(in, first, last));
    }

    /** A class, a path or words: letters with dots, slashes or capitals between. */
    private static boolean isName(byte[] in, int first, int last) {
        for (int i = first; i < last; i++) {
            if (!isLetter(in[i]) && in[i] != '.' && in[i] != '/' && in[i] != '_' && in[i] != '-' && in[i] != '$') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(byte b) {
        return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
    }
}
