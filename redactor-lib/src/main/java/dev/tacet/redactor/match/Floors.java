package dev.tacet.redactor.match;

/**
 * How long a form must be to be looked for. This is the one place for it.
 *
 * <p>A short byte string is found everywhere by chance, and a log full of masks hides more than the secret. So each
 * form is judged by itself: the base64 core of a short value is dropped although the value is kept.
 *
 * @param raw the fewest bytes of a value, trailing line breaks aside; a shorter one is not looked for in any form
 * @param base64 the fewest characters of a base64 core, which holds 6 bits of the value each
 */
record Floors(int raw, int base64) {
    /** Eight bytes are ten base64 characters at every alignment, so both floors meet at the same values. */
    static final Floors ORDINARY = new Floors(8, 10);

    /** For values whose owner says that they must be looked for though they are short. */
    static final Floors LOW = new Floors(4, 6);

    /** The fewest bytes of one line of a value of several lines; the same for both, a line is no secret by itself. */
    static final int LINE = 16;

    /** The fewest bytes of a value that is looked for all in lower and all in upper case, on request. */
    static final int FOLDED = 16;

    /** The fewest bytes of a value's beginning that are masked when a text ends within the value; and at least half of it. */
    static final int CUT = 8;

    /** From here on a value that is cut short is not looked for. */
    static final int CUT_LARGE = 4 * 1024;

    /** The fewest letters and digits of such a line: a row of dashes or braces is structure. */
    static final int LINE_WORD_BYTES = 8;

    /**
     * From here on a value is looked for in its usual forms only: spelling a megabyte in each of several dozen ways would
     * hold up a rotation for seconds, and hardly anything prints that much.
     */
    static final int LARGE = 64 * 1024;
}
