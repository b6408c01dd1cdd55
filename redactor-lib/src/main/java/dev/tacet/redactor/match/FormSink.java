package dev.tacet.redactor.match;

/** Takes one form of a value after the other: byte strings that give it away. */
@FunctionalInterface
interface FormSink {

    /**
     * Takes a form.
     *
     * @param bytes what to look for
     * @param left how many base64 characters before it carry bits of the value too (0 or 1)
     * @param right the same behind it
     * @param padded whether {@code =} may follow and belongs to it
     */
    void accept(byte[] bytes, int left, int right, boolean padded);

    /** Takes a form that stands for itself alone. */
    default void accept(byte[] bytes) {
        accept(bytes, 0, 0, false);
    }
}
