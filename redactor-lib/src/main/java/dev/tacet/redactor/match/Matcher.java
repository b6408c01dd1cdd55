package dev.tacet.redactor.match;

import java.util.List;

/** Finds what has to be masked. Immutable; any number of threads may use one at the same time. */
public interface Matcher {

    /**
     * The parts of {@code input} to be masked: in order, apart from each other, and such that valid JSON stays valid
     * when each is replaced by text that needs no escape. Empty, without an allocation, when nothing was found.
     */
    List<Span> find(byte[] input);

    /**
     * For streams: the index from which on the bytes of {@code input} may belong to a value or token that goes on behind its
     * end; the length of {@code input} when none may.
     */
    int live(byte[] input);
}
