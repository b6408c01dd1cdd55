package dev.tacet.redactor.match;

/**
 * A part of the input that has to be masked.
 *
 * @param start index of its first byte
 * @param end index behind its last byte
 * @param id the number under which the value was added
 * @param quoted whether the mask must bring quotes, since it takes the place of a whole JSON value
 */
public record Span(int start, int end, int id, boolean quoted) {}
