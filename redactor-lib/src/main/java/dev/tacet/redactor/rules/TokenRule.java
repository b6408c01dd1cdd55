package dev.tacet.redactor.rules;

/** Finds one kind of token where one of its keywords stands. Immutable. */
interface TokenRule {

    /** Its name, as masks show it. */
    String name();

    /**
     * Looks at one place.
     *
     * @param in the text
     * @param start where the keyword begins
     * @param end behind it
     * @return one of {@link Match}
     */
    long match(byte[] in, int start, int end);
}
