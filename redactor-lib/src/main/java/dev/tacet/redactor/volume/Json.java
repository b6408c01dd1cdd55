package dev.tacet.redactor.volume;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value (RFC 8259). Prints its kind only: a text may be a secret. */
sealed interface Json {

    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Map.copyOf(members);
        }

        /** The text of a member; empty when it is missing or not a text. */
        Optional<String> text(String name) {
            return members.get(name) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
        }

        /** Whether a member is the number {@code value}. */
        boolean is(String name, int value) {
            return members.get(name) instanceof Num number && number.value().compareTo(BigDecimal.valueOf(value)) == 0;
        }

        @Override
        public String toString() {
            return "object";
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "array";
        }
    }

    record Text(String value) implements Json {
        @Override
        public String toString() {
            return "text";
        }
    }

    /** A number, exactly; {@code 1.0} and {@code 1} are equal here. */
    record Num(BigDecimal value) implements Json {
        public Num {
            value = value.stripTrailingZeros();
        }

        @Override
        public String toString() {
            return "number";
        }
    }

    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return "boolean";
        }
    }

    record Null() implements Json {
        @Override
        public String toString() {
            return "null";
        }
    }
}
