package dev.tacet.redactor.match;

/**
 * A match, or several that overlap or touch.
 *
 * @param longest the length of the longest match in it, which is the one that names it
 */
record Hit(int start, int end, int id, int longest) {

    boolean touches(Hit that) {
        return start <= that.end && that.start <= end;
    }

    /** Both as one. The longer match gives its name; of equals, the value that was added first. */
    Hit join(Hit that) {
        boolean mine = longest > that.longest || (longest == that.longest && id <= that.id);
        return new Hit(
                Math.min(start, that.start),
                Math.max(end, that.end),
                mine ? id : that.id,
                Math.max(longest, that.longest));
    }
}
