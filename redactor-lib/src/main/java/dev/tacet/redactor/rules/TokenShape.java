package dev.tacet.redactor.rules;

/**
 * A token that is a prefix and a run of letters of some length. It is masked whole: what stands before it is no letter, digit, underscore or
 * dash, and whatever follows that is not of its letters ends it.
 *
 * @param name as masks show it
 * @param letters what the run is made of
 * @param least the fewest letters
 * @param most the most; a longer run is something else
 */
record TokenShape(String name, Letters letters, int least, int most) implements TokenRule {

    @Override
    public long match(byte[] in, int start, int end) {
        if (Letters.WORD.before(in, start)) {
            return Match.NONE;
        }
        int last = letters.end(in, end, most + 1);
        int length = last - end;
        if (length > most) {
            return Match.NONE;
        }
        if (length < least) {
            return last == in.length ? Match.open(start) : Match.NONE;
        }
        if (Placeholders.isExample(in, end, last)) {
            return Match.NONE;
        }
        return last == in.length ? Match.foundOpen(start, last) : Match.found(start, last);
    }
}
