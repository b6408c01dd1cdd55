package dev.tacet.redactor.rules;

/**
 * A token of a prefix and two runs of letters, digits, underscores and dashes with a dot between.
 *
 * @param name as masks show it
 * @param first the letters of the first run, exactly
 * @param second of the second
 */
record DottedShape(String name, int first, int second) implements TokenRule {

    @Override
    public long match(byte[] in, int start, int end) {
        if (Letters.WORD.before(in, start)) {
            return Match.NONE;
        }
        int dot = Letters.WORD.end(in, end, first + 1);
        if (dot == in.length) {
            return Match.open(start);
        }
        if (dot - end != first || in[dot] != '.') {
            return Match.NONE;
        }
        int last = Letters.WORD.end(in, dot + 1, second + 1);
        int length = last - dot - 1;
        if (last == in.length) {
            return length == second ? Match.foundOpen(start, last) : length < second ? Match.open(start) : Match.NONE;
        }
        return length == second ? Match.found(start, last) : Match.NONE;
    }
}
