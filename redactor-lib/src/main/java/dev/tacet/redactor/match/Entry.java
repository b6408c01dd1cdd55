package dev.tacet.redactor.match;

/**
 * One compiled form, without its bytes.
 *
 * @param id the number of the value
 * @param length of the form, in bytes
 * @param anchor where in the form the four bytes stand by which it is found
 * @param word these four bytes, scrambled
 * @param tail the last four bytes, scrambled: a cheap look before the dear one
 * @param head fingerprint of the first {@link #HEAD} bytes, or of all when there are fewer
 * @param print fingerprint of all
 * @param shift {@link Fingerprints#shift} of the length
 * @param left as in {@link FormSink#accept(byte[], int, int, boolean)}
 * @param right as in {@link FormSink#accept(byte[], int, int, boolean)}
 * @param padded as in {@link FormSink#accept(byte[], int, int, boolean)}
 */
record Entry(
        int id,
        int length,
        int anchor,
        int word,
        int tail,
        long head,
        long print,
        long shift,
        int left,
        int right,
        boolean padded) {

    /** Forms up to this length are checked byte by byte and need no memory for it. */
    static final int HEAD = 32;
}
