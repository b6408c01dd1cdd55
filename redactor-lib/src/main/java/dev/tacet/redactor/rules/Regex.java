package dev.tacet.redactor.rules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A regex over bytes that matches at least what another matches over characters; for a {@link Sieve}. What is between places, such as a word's boundary, is
 * taken to be everywhere.
 */
sealed interface Regex {

    /** One byte of a set. */
    record Bytes(BitSet set) implements Regex {}

    /** One after the other; nothing when there are none. */
    record Sequence(List<Regex> parts) implements Regex {}

    /** Any of them. */
    record Choice(List<Regex> options) implements Regex {}

    /**
     * Several of the same.
     *
     * @param max -1 for any number
     */
    record Repeat(Regex body, int min, int max) implements Regex {}

    /** Whether it may match nothing. */
    default boolean isNullable() {
        if (this instanceof Sequence sequence) {
            return sequence.parts().stream().allMatch(Regex::isNullable);
        }
        if (this instanceof Choice choice) {
            return choice.options().stream().anyMatch(Regex::isNullable);
        }
        return this instanceof Repeat repeat
                && (repeat.min() == 0 || repeat.body().isNullable());
    }

    /** One that is found in the same texts, and shorter: what may be left out at the beginning is left out. */
    default Regex withoutHead() {
        if (this instanceof Repeat repeat) {
            return new Repeat(repeat.body(), repeat.min(), repeat.min());
        }
        if (!(this instanceof Sequence sequence)) {
            return this;
        }
        List<Regex> parts = sequence.parts();
        int first = 0;
        while (first < parts.size() && parts.get(first).isNullable()) {
            first++;
        }
        if (first == parts.size()) {
            return new Sequence(List.of());
        }
        List<Regex> rest = new ArrayList<>(parts.subList(first, parts.size()));
        rest.set(0, rest.get(0).withoutHead());
        return new Sequence(rest);
    }
}
