package dev.tacet.redactor.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The clues of a value: what a part of it looks like in base64 and as numbers, and in either inside either. Where a clue is found,
 * what is around it is decoded and looked through for the value; so a clue need not tell much, and one part of the value
 * that no escape changes serves for the value escaped and then encoded as well.
 *
 * <p>Three bytes become four characters of base64, so a part comes out in three ways, by how many bytes (modulo three) stand
 * before it. The first and last character of each may mix in bits of a neighbour; a clue is what is left between them, which is the same
 * whatever the neighbours are.
 */
final class Clues {
    /** How many bytes of a value make its clues; twelve are 15 characters of base64 at each alignment. */
    private static final int PART = 12;

    /** The fewest bytes of a part whose clues the first look finds, at each alignment. */
    private static final int ENOUGH = 11;

    /** The shortest clue, in bytes. */
    private static final int SHORTEST = 6;

    /** The longest clue, in bytes. */
    static final int LONGEST = 32;

    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Clues() {}

    /** Takes one clue after the other. */
    @FunctionalInterface
    interface Sink {
        /** Takes a clue; {@code coding} says by which of {@link Codings} to decode what is around it. */
        void accept(int coding, byte[] bytes);
    }

    /** Hands each clue of {@code body} to {@code sink}. */
    static void of(byte[] body, Floors floors, Sink sink) {
        if (8 * body.length / 6 < floors.base64()) {
            return; // in base64 it would be found everywhere, and as numbers if it were shorter still
        }
        byte[] run = plainRun(body);
        String text = Forms.decoded(body);
        if (run.length >= ENOUGH) {
            of(run, sink);
        } else if (text == null) {
            of(end(body), sink);
        } else {
            for (String spelling : Spellings.of(plainest(text))) {
                of(end(spelling.getBytes(StandardCharsets.UTF_8)), sink);
            }
        }
        if (text != null) {
            base64(end(Forms.littleEndian(text)), sink);
        }
    }

    private static void of(byte[] part, Sink sink) {
        base64(part, (coding, text) -> inside(coding, text, sink));
        hex(part, (coding, text) -> inside(coding, text, sink));
        numbers(part, sink);
    }

    /** Of all parts of {@link #ENOUGH} characters the one that encoders change least. */
    private static String plainest(String text) {
        int best = 0;
        int fewest = Integer.MAX_VALUE;
        for (int start = 0; start <= Math.max(0, text.length() - ENOUGH); start++) {
            int end = Math.min(text.length(), start + ENOUGH);
            boolean cut = Character.isLowSurrogate(text.charAt(start))
                    || (end < text.length() && Character.isLowSurrogate(text.charAt(end)));
            int changed = cut ? Integer.MAX_VALUE : changed(text, start, end);
            if (changed < fewest) {
                fewest = changed;
                best = start;
            }
        }
        return text.substring(best, Math.min(text.length(), best + ENOUGH));
    }

    private static int changed(String text, int start, int end) {
        int changed = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            // What JSON escapes changes in every encoding; other punctuation in URLs alone.
            changed += c < 0x80 && isPlain((byte) c) ? 0 : c < ' ' || c > 0x7e || "\"\\<>&='/".indexOf(c) >= 0 ? 3 : 1;
        }
        return changed;
    }

    /** Hands on a clue, and what it looks like inside another encoding. */
    private static void inside(int coding, byte[] text, Sink sink) {
        sink.accept(coding, text);
        byte[] run = plainRun(text);
        byte[] part = run.length < ENOUGH ? end(text) : run;
        base64(part, sink);
        hex(part, sink);
    }

    private static byte[] end(byte[] text) {
        return Arrays.copyOfRange(text, Math.max(0, text.length - PART), text.length);
    }

    /** The last bytes, {@link #PART} at most, of the longest run that no escape changes. */
    private static byte[] plainRun(byte[] text) {
        int longest = 0;
        int end = 0;
        int run = 0;
        for (int i = 0; i < text.length; i++) {
            run = isPlain(text[i]) ? run + 1 : 0;
            if (run > longest) {
                longest = run;
                end = i + 1;
            }
        }
        return Arrays.copyOfRange(text, end - Math.min(PART, longest), end);
    }

    private static boolean isPlain(byte b) {
        return Alphabet.isLetterOrDigit(b) || b == '-' || b == '.' || b == '_';
    }

    private static void base64(byte[] part, Sink sink) {
        for (int before = 0; before < 3; before++) {
            int from = (8 * before + 5) / 6;
            int to = 8 * (before + part.length) / 6;
            if (to - from < SHORTEST) {
                continue;
            }
            byte[] shifted = new byte[before + part.length];
            System.arraycopy(part, 0, shifted, before, part.length);
            byte[] core = Arrays.copyOfRange(Base64.getEncoder().encode(shifted), from, to);
            sink.accept(Codings.BASE64 + from, core);
            byte[] other = otherAlphabet(core);
            if (other != core) {
                sink.accept(Codings.BASE64 + from, other);
            }
        }
    }

    private static byte[] otherAlphabet(byte[] core) {
        byte[] other = core;
        for (int i = 0; i < core.length; i++) {
            if (core[i] == '+' || core[i] == '/') {
                other = other == core ? core.clone() : other;
                other[i] = (byte) (core[i] == '+' ? '-' : '_');
            }
        }
        return other;
    }

    private static void hex(byte[] part, Sink sink) {
        style(part, Codings.HEX, sink);
    }

    private static void numbers(byte[] part, Sink sink) {
        for (int style = Codings.HEX + 1; style < Codings.COUNT; style++) {
            style(part, style, sink);
        }
    }

    private static void style(byte[] part, int coding, Sink sink) {
        NumberStyle style = Codings.style(coding);
        byte[] first = written(part, style, LOWER, 0xff);
        sink.accept(coding, first);
        // Letters of hexadecimal digits in the other case; bytes beyond ASCII with a sign, as Java has them.
        byte[] other = style.isHex() ? written(part, style, UPPER, 0xff) : written(part, style, LOWER, -1);
        if (!Arrays.equals(first, other)) {
            sink.accept(coding, other);
        }
    }

    private static byte[] written(byte[] part, NumberStyle style, byte[] digits, int bits) {
        byte[] out = new byte[part.length * 8];
        int length = 0;
        for (int i = 0; i < part.length; i++) {
            int before = length;
            if (i > 0) {
                length = append(style.separator(), out, length);
            }
            length = append(style.prefix(), out, length);
            if (style.isCharacters()) {
                out[length++] = part[i];
            } else if (style.isHex()) {
                out[length++] = digits[part[i] >> 4 & 0xf];
                out[length++] = digits[part[i] & 0xf];
            } else {
                length = append(Integer.toString(part[i] & bits).getBytes(StandardCharsets.US_ASCII), out, length);
            }
            if (length > LONGEST) {
                return Arrays.copyOf(out, before);
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static int append(byte[] some, byte[] out, int at) {
        System.arraycopy(some, 0, out, at, some.length);
        return at + some.length;
    }
}
