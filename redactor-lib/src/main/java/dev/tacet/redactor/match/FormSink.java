package dev.tacet.redactor.match;

/** Takes one form of a value after the other: byte strings that give it away. */
@FunctionalInterface
interface FormSink {

    /**
     * Takes a form.
     *
     * @param bytes what to look for
     * @param cuttable whether its beginning alone gives the value away, when a text ends within it
     */
    void accept(byte[] bytes, boolean cuttable);
}
