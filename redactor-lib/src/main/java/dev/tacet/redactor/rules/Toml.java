package dev.tacet.redactor.rules;

import java.util.List;
import java.util.Map;

/** A value of a TOML document (toml.io, version 1.0), and the line on which it begins. */
sealed interface Toml {
    int line();

    /** A table; its members in the order in which they stand. */
    record Table(Map<String, Toml> members, int line) implements Toml {}

    /** An array, of values or of tables. */
    record Array(List<Toml> items, int line) implements Toml {}

    /** A string. */
    record Text(String value, int line) implements Toml {}

    /** An integer, a float, a boolean, a date or a time, as it stands there without underscores. */
    record Scalar(String value, int line) implements Toml {}
}
