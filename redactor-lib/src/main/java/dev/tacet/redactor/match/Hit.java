package dev.tacet.redactor.match;

/**
 * A match, or several that overlap or touch.
 *
 * @param longest the length of the longest match in it, which is the one that names it
 * @param exact whether a known value is in it, rather than what only looks like a token
 */
record Hit(int start, int end, int id, int longest, boolean exact) {

    boolean touches(Hit that) {
        return start <= that.end && that.start <= end;
    }

    /** Both as one. A known value gives the name before a shape, then the longer match; of equals, the one added first. */
    Hit join(Hit that) {
        boolean mine =
                exact == that.exact ? longest > that.longest || (longest == that.longest && id <= that.id) : exact;
        return new Hit(
                Math.min(start, that.start),
                Math.max(end, that.end),
                mine ? id : that.id,
                mine ? longest : that.longest,
                exact || that.exact);
    }
}
