package dev.tacet.redactor.rules;

import java.util.BitSet;
import java.util.Optional;

/** The ASCII characters of RE2's named classes. Each call makes a set of its own. */
final class AsciiClass {
    private AsciiClass() {}

    /** Of {@code [[:name:]]}; empty when there is none of this name. */
    static Optional<BitSet> posix(String name) {
        BitSet set = new BitSet();
        switch (name) {
            case "alnum" -> {
                set.or(letters());
                set.set('0', '9' + 1);
            }
            case "alpha" -> set.or(letters());
            case "digit" -> set.set('0', '9' + 1);
            case "lower" -> set.set('a', 'z' + 1);
            case "upper" -> set.set('A', 'Z' + 1);
            case "space" -> {
                set.or(named('s'));
                set.set(0x0b);
            }
            case "word" -> set.or(named('w'));
            case "xdigit" -> {
                set.set('0', '9' + 1);
                set.set('a', 'f' + 1);
                set.set('A', 'F' + 1);
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(set);
    }

    private static BitSet letters() {
        BitSet set = new BitSet();
        set.set('a', 'z' + 1);
        set.set('A', 'Z' + 1);
        return set;
    }

    /** Of {@code \\d}, {@code \\w} or {@code \\s}. */
    static BitSet named(char c) {
        BitSet set = new BitSet();
        switch (c) {
            case 'd' -> set.set('0', '9' + 1);
            case 'w' -> {
                set.or(letters());
                set.set('0', '9' + 1);
                set.set('_');
            }
            default -> "\t\n\f\r ".chars().forEach(set::set);
        }
        return set;
    }

    /** All there are, with a line feed or without. */
    static BitSet all(boolean butLineFeed) {
        BitSet set = new BitSet();
        set.set(0, 0x80);
        set.set('\n', !butLineFeed);
        return set;
    }

    /** All others. */
    static BitSet not(BitSet ascii) {
        BitSet rest = all(false);
        rest.andNot(ascii);
        return rest;
    }
}
