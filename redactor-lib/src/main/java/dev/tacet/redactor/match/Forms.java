package dev.tacet.redactor.match;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The forms a value takes when it is printed: itself, escaped for JSON and for URLs, in base64, and its lines one by one.
 *
 * <p>A form is made, handed over and dropped, so that only one is in memory at a time: at most about six times the value
 * for one that is all escapes, twelve for JSON inside JSON. The same form may be handed over more than once.
 */
final class Forms {
    private Forms() {}

    /** Hands each form of {@code value} to {@code sink}; none and {@code false} when the value is too short. */
    static boolean of(byte[] value, Floors floors, FormSink sink) {
        byte[] body = withoutTrailingBreaks(value);
        if (body.length < floors.raw()) {
            return false;
        }
        boolean usualOnly = body.length >= Floors.LARGE;
        spell(body, floors, usualOnly, sink);
        if (contains(body, '\n')) {
            spell(withBreaks(body, false), floors, usualOnly, sink);
            spell(withBreaks(body, true), floors, usualOnly, sink);
            lines(body, usualOnly, sink);
        }
        return true;
    }

    private static void spell(byte[] text, Floors floors, boolean usualOnly, FormSink sink) {
        sink.accept(text);
        JsonForms.of(text, usualOnly, sink);
        UrlForms.of(text, usualOnly, sink);
        Base64Forms.of(text, floors.base64(), usualOnly, sink);
    }

    /** Lines are printed alone by stack traces, shells and line-wise loggers; base64 and URLs carry the value whole. */
    private static void lines(byte[] body, boolean usualOnly, FormSink sink) {
        int start = 0;
        while (start < body.length) {
            int end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            byte[] line = strip(body, start, end);
            if (isTelling(line)) {
                sink.accept(line);
                JsonForms.of(line, usualOnly, sink);
            }
            start = end + 1;
        }
    }

    private static boolean isTelling(byte[] line) {
        if (line.length < Floors.LINE || isPemBoundary(line)) {
            return false;
        }
        int word = 0;
        for (byte b : line) {
            if (b < 0 || Character.isLetterOrDigit(b)) {
                word++;
            }
        }
        return word >= Floors.LINE_WORD_BYTES;
    }

    /** RFC 7468, section 2: {@code -----BEGIN label-----}. The same in every key, so no secret. */
    private static boolean isPemBoundary(byte[] line) {
        return startsWith(line, "-----BEGIN ") || startsWith(line, "-----END ");
    }

    private static boolean startsWith(byte[] line, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            if (i == line.length || line[i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Every file ends in a line break and hardly any program prints it. */
    private static byte[] withoutTrailingBreaks(byte[] value) {
        int end = value.length;
        while (end > 0 && (value[end - 1] == '\n' || value[end - 1] == '\r')) {
            end--;
        }
        return end == value.length ? value : Arrays.copyOf(value, end);
    }

    private static byte[] withBreaks(byte[] text, boolean carriageReturn) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + text.length / 16);
        for (int i = 0; i < text.length; i++) {
            boolean dropped = text[i] == '\r' && i + 1 < text.length && text[i + 1] == '\n';
            if (carriageReturn && text[i] == '\n') {
                out.write('\r');
            }
            if (!dropped) {
                out.write(text[i]);
            }
        }
        return out.toByteArray();
    }

    private static byte[] strip(byte[] text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(text[start])) {
            start++;
        }
        while (end > start && isBlank(text[end - 1])) {
            end--;
        }
        return Arrays.copyOfRange(text, start, end);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private static boolean contains(byte[] text, char wanted) {
        for (byte b : text) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }
}
