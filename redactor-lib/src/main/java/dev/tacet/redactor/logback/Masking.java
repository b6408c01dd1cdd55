package dev.tacet.redactor.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.tacet.redactor.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Masks the texts of an event. Fails closed: a text that cannot be redacted becomes a placeholder, and nothing is thrown. */
final class Masking {
    static final String PLACEHOLDER = "[REDACTION-ERROR]";

    private final Supplier<Redactor> redactor;
    private final LeakSink leaks;
    private final Failures failures = new Failures();

    Masking(Supplier<Redactor> redactor, LeakSink leaks) {
        this.redactor = redactor;
        this.leaks = leaks;
    }

    /** Whether an encoder masks what this one does. */
    boolean isDoneBy(RedactingEncoder<?> encoder) {
        return encoder.masksBy(redactor);
    }

    /** How many placeholders there were. */
    long placeholders() {
        return failures.count();
    }

    /** Where placeholders are counted, for events that could not be handed on at all. */
    Failures failures() {
        return failures;
    }

    @Nullable
    String mask(@Nullable String text) {
        return text == null ? null : masked(text);
    }

    String masked(String text) {
        try {
            return redactor.get().redact(text);
        } catch (Throwable broken) {
            return failed();
        }
    }

    /** What {@code event} says, masked and reported: the one of its texts for which that is done, or one leak would be told of many times. */
    String reported(Supplier<String> source, ILoggingEvent event) {
        try {
            String text = source.get();
            Redactor now = redactor.get();
            String masked = now.redact(text);
            if (!masked.equals(text)) {
                leaks.report(now, text.getBytes(StandardCharsets.UTF_8), event);
            }
            return masked;
        } catch (Throwable broken) {
            return failed();
        }
    }

    /** What {@code source} says, masked. */
    String masked(Supplier<String> source) {
        try {
            return masked(source.get());
        } catch (Throwable broken) {
            return failed();
        }
    }

    private String failed() {
        failures.add();
        return PLACEHOLDER;
    }

    /** Both keys and values. A key whose mask is there already gets a number behind it, so that no entry is lost. */
    Map<String, String> masked(Map<String, String> map) {
        Map<String, String> all = new LinkedHashMap<>();
        map.forEach((key, value) -> all.put(free(all, masked(String.valueOf(key))), masked(String.valueOf(value))));
        return all;
    }

    private static String free(Map<String, String> taken, String key) {
        String free = key;
        for (int i = 2; taken.containsKey(free); i++) {
            free = key + "-" + i;
        }
        return free;
    }

    StackTraceElement[] masked(StackTraceElement[] frames) {
        StackTraceElement[] all = frames.clone();
        for (int i = 0; i < all.length; i++) {
            all[i] = masked(all[i]);
        }
        return all;
    }

    private StackTraceElement masked(StackTraceElement frame) {
        String text = frame.toString();
        if (masked(text).equals(text)) {
            return frame;
        }
        return new StackTraceElement(
                masked(frame.getClassName()),
                masked(frame.getMethodName()),
                mask(frame.getFileName()),
                frame.getLineNumber());
    }
}
