package dev.tacet.redactor.match;

import java.util.List;

/**
 * What may go out of a stream.
 *
 * @param spans the parts of it to be masked, as {@link Matcher#find} returns them, by their places in the input
 * @param end up to where it may go out
 */
public record Ready(List<Span> spans, int end) {}
