package dev.tacet.redactor.logback;

import java.time.temporal.Temporal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/**
 * The objects that were logged with an event, as what may be handed on: numbers and the like as they are, all else as its text, since an
 * object may show more to a serialiser than it says by itself.
 */
final class Arguments {
    private Arguments() {}

    /** Each rendered once: an object's {@code toString} is not called again, and what it throws stays here. */
    static Object @Nullable [] rendered(Object @Nullable [] arguments) {
        if (arguments == null) {
            return null;
        }
        Object[] all = new Object[arguments.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = rendered(arguments[i]);
        }
        return all;
    }

    static @Nullable Object rendered(@Nullable Object argument) {
        if (argument == null || argument instanceof String || isPlain(argument)) {
            return argument;
        }
        if (argument instanceof char[] characters) {
            return new String(characters);
        }
        // Renders arrays of any depth, and survives cycles and objects that throw.
        return String.valueOf(
                MessageFormatter.arrayFormat("{}", new Object[] {argument}).getMessage());
    }

    /** Masked; the same object when nothing in its text had to be. */
    static @Nullable Object masked(@Nullable Object rendered, Masking masking) {
        if (rendered == null) {
            return null;
        }
        String text = rendered.toString();
        String masked = masking.masked(text);
        return masked.equals(text) ? rendered : masked;
    }

    private static boolean isPlain(Object argument) {
        boolean simple = argument instanceof Number || argument instanceof Temporal;
        return (simple && argument.getClass().getName().startsWith("java."))
                || argument instanceof Boolean
                || argument instanceof Character
                || argument instanceof Enum<?>
                || argument instanceof UUID;
    }
}
