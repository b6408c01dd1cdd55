package dev.tacet.redactor;

import java.util.Objects;

/**
 * Secrets that were in log events and have been masked, gathered over a short time; never a value, nor a word of the event.
 *
 * @param finding which secret, or which rule
 * @param sink what wrote them: an appender's or a stream's name
 * @param logger the logger's name; empty when there was none
 * @param level the event's level, such as {@code WARN}; empty when there was none
 * @param count how many masks, at least 1
 */
public record Leak(Finding finding, String sink, String logger, String level, long count) {
    public Leak {
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(logger, "logger");
        Objects.requireNonNull(level, "level");
        if (count < 1) {
            throw new IllegalArgumentException("count: below 1");
        }
    }
}
