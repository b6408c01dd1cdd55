package dev.tacet.redactor.match;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The byte strings to look for in a text and in all views of it: the value, and it in spellings that no view undoes (other line
 * ends, quotes doubled, another character set).
 *
 * <p>A form is made, handed over and dropped, so that only one is in memory at a time. The same may be handed over twice.
 */
final class Forms {
    /** What stands for a line break when a text of several lines is put on one: a log's converters, {@code set -x}, a stripped key. */
    private static final List<byte[]> BREAKS = Stream.of("\n", "\r\n", " ", "\u2424", "")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    /** Bytes of the value in a line of base64: of 64 characters (RFC 7468) and of 76 (RFC 2045). */
    private static final int[] WRAPS = {48, 57};

    private Forms() {}

    /**
     * Hands each form of {@code value} to {@code sink}; none and {@code false} when the value is too short.
     *
     * @param foldCase whether it may be printed all in lower or all in upper case
     */
    static boolean of(byte[] value, Floors floors, boolean foldCase, FormSink taker) {
        byte[] body = body(value);
        if (body.length < floors.raw()) {
            return false;
        }
        // A form may be shorter than the value, without line breaks or in another charset: then it is dropped alone.
        FormSink sink = (form, cuttable) -> {
            if (form.length >= floors.raw()) {
                taker.accept(form, cuttable);
            }
        };
        sink.accept(body, true);
        boolean large = body.length >= Floors.LARGE;
        if (contains(body, '\n')) {
            for (byte[] lineBreak : large ? BREAKS.subList(0, 2) : BREAKS) {
                sink.accept(withBreaks(body, lineBreak), true);
            }
        }
        spelled(body, ' ', "+", sink); // as HTML forms write a blank
        lines(body, sink);
        if (!large) {
            wrapped(body, sink);
            quoted(body, sink);
            text(body, foldCase, sink);
        }
        return true;
    }

    /** The value without the line breaks at its end. */
    static byte[] body(byte[] value) {
        int end = Cuts.textEnd(value, value.length);
        return end == value.length ? value : Arrays.copyOf(value, end);
    }

    /** Lines are printed alone by stack traces, shells and line-wise loggers, with anything before them. */
    private static void lines(byte[] body, FormSink sink) {
        if (!contains(body, '\n')) {
            return;
        }
        int start = 0;
        while (start < body.length) {
            int end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            byte[] line = strip(body, start, end);
            if (isTelling(line)) {
                sink.accept(line, false);
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
            if (b < 0 || Alphabet.isLetterOrDigit(b)) {
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

    /** Lines of its base64, each of which may be an event of its own, where no other line helps to find it. */
    private static void wrapped(byte[] body, FormSink sink) {
        for (int width : WRAPS) {
            for (int start = 0; body.length > width && start < body.length; start += width) {
                byte[] line = Arrays.copyOfRange(body, start, Math.min(start + width, body.length));
                if (line.length * 4 / 3 >= Floors.LINE) {
                    sink.accept(Base64.getEncoder().withoutPadding().encode(line), false);
                }
            }
        }
    }

    /** As shells, SQL, CSV and make write what they quote with. */
    private static void quoted(byte[] body, FormSink sink) {
        spelled(body, '\'', "'\\''", sink);
        spelled(body, '\'', "'''", sink); // the same with its backslash undone
        spelled(body, '\'', "'\"'\"'", sink);
        spelled(body, '\'', "''", sink);
        spelled(body, '"', "\"\"", sink);
        spelled(body, '$', "$$", sink);
    }

    private static void spelled(byte[] body, char plain, String spelling, FormSink sink) {
        if (contains(body, plain)) {
            sink.accept(replaced(body, plain, spelling.getBytes(StandardCharsets.US_ASCII)), true);
        }
    }

    /** What is text has forms in other character sets and in other cases; what is none has not. */
    private static void text(byte[] body, boolean foldCase, FormSink sink) {
        String text = decoded(body);
        if (text == null) {
            return;
        }
        sixteenBits(text, sink);
        if (text.length() < body.length) {
            other(body, Normalizer.normalize(text, Normalizer.Form.NFC), StandardCharsets.UTF_8, sink);
            other(body, Normalizer.normalize(text, Normalizer.Form.NFD), StandardCharsets.UTF_8, sink);
            if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
                other(body, text, StandardCharsets.ISO_8859_1, sink);
            }
        }
        if (foldCase && body.length >= Floors.FOLDED) {
            other(body, text.toLowerCase(Locale.ROOT), StandardCharsets.UTF_8, sink);
            other(body, text.toUpperCase(Locale.ROOT), StandardCharsets.UTF_8, sink);
        }
    }

    /** Both orders of bytes are one form, without the zero at one end or the other, when no character needs the second byte. */
    private static void sixteenBits(String text, FormSink sink) {
        sink.accept(littleEndian(text), false);
        if (!text.chars().allMatch(c -> c < 0x100)) {
            sink.accept(text.getBytes(StandardCharsets.UTF_16BE), false);
        }
    }

    /** The text in UTF-16, little-endian, as PowerShell and Windows have it; without its last byte when no character needs that. */
    static byte[] littleEndian(String text) {
        byte[] form = text.getBytes(StandardCharsets.UTF_16LE);
        return text.chars().allMatch(c -> c < 0x100) ? Arrays.copyOf(form, form.length - 1) : form;
    }

    private static void other(byte[] body, String text, Charset charset, FormSink sink) {
        byte[] form = text.getBytes(charset);
        if (!Arrays.equals(form, body)) {
            sink.accept(form, true);
        }
    }

    /** The text that the bytes are in UTF-8; null when they are none. */
    static @Nullable String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    private static byte[] withBreaks(byte[] text, byte[] lineBreak) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + text.length / 16);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                out.writeBytes(lineBreak);
            } else if (text[i] != '\r' || i + 1 == text.length || text[i + 1] != '\n') {
                out.write(text[i]);
            }
        }
        return out.toByteArray();
    }

    private static byte[] replaced(byte[] text, char plain, byte[] spelling) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 16);
        for (byte b : text) {
            if (b == plain) {
                out.writeBytes(spelling);
            } else {
                out.write(b);
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
