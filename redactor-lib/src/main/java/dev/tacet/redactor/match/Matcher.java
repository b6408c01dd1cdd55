package dev.tacet.redactor.match;

import java.util.List;

/** Finds what has to be masked. Immutable; any number of threads may use one at the same time. */
public interface Matcher {
    /** How many bytes that went out already are worth handing to {@link #ready} again, if there are so many. */
    int CONTEXT = 256;

    /**
     * The parts of {@code input} to be masked: in order, apart from each other, and such that valid JSON stays valid
     * when each is replaced by text that needs no escape. Empty, without an allocation, when nothing was found.
     */
    List<Span> find(byte[] input);

    /**
     * For streams, whose pieces end anywhere: what may go out of {@code input}. However a stream is cut into pieces, the same parts of
     * it are masked. JSON is kept valid when an object or array is one line of at most 64 KiB.
     *
     * @param input what went out already, {@link #CONTEXT} bytes of it or as many as there were, then all else that is there
     * @param from where the latter begins
     * @param last whether nothing follows; then all goes out, and the beginning of a value that is long enough is masked
     */
    Ready ready(byte[] input, int from, boolean last);
}
