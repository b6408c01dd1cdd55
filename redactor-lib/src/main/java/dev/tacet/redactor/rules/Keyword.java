package dev.tacet.redactor.rules;

import java.nio.charset.StandardCharsets;

/**
 * A text at which a rule has to look closer.
 *
 * <p>It is found by three bytes of it at two places in a row, one of which is even. Which two says how often it is taken for something else:
 * {@code ken} is in more words than {@code tok}.
 */
final class Keyword {
    private final byte[] text;
    private final int length;
    private final int window;
    private final String followers;
    private final String leaders;
    private final boolean ignoringCase;
    private final TokenRule rule;

    private Keyword(
            String text,
            int length,
            int window,
            String leaders,
            String followers,
            boolean ignoringCase,
            TokenRule rule) {
        this.text = text.getBytes(StandardCharsets.US_ASCII);
        this.length = length;
        this.window = window;
        this.leaders = leaders;
        this.followers = followers;
        this.ignoringCase = ignoringCase;
        this.rule = rule;
    }

    /** The beginning of a token, of four bytes or more. */
    static Keyword prefix(String text, int window, TokenRule rule) {
        return new Keyword(text, text.length(), window, "", "", false, rule);
    }

    /** The beginning of a token, of three bytes, behind which one of {@code followers} must stand. */
    static Keyword shortPrefix(String text, String followers, TokenRule rule) {
        return new Keyword(text, text.length(), 0, "", followers, false, rule);
    }

    /** Three bytes before which one of {@code leaders} must stand. */
    static Keyword mark(String text, String leaders, TokenRule rule) {
        return new Keyword(text, text.length(), -1, leaders, "", false, rule);
    }

    /** A name in lower case, whose letters may be of either. */
    static Keyword name(String text, int window, TokenRule rule) {
        return new Keyword(text, text.length(), window, "", "", true, rule);
    }

    /** A name too short to be found by itself, with what follows it. */
    static Keyword name(String text, String follower, TokenRule rule) {
        return new Keyword(text + follower, text.length(), 0, "", "", true, rule);
    }

    TokenRule rule() {
        return rule;
    }

    /** Behind the keyword that begins at {@code start}. */
    int end(int start) {
        return start + length;
    }

    boolean isAt(byte[] in, int start) {
        return ignoringCase ? Texts.isAtIgnoringCase(text, in, start) : Texts.isAt(text, in, start);
    }

    /** Where this begins when {@code in} ends with it, or within it, and it is the beginning of a token; else -1. */
    int openAt(byte[] in) {
        for (int size = Math.min(text.length, in.length); !ignoringCase && leaders.isEmpty() && size > 0; size--) {
            int start = in.length - size;
            boolean same = !Letters.WORD.before(in, start) || text[0] == '-';
            for (int i = 0; same && i < size; i++) {
                same = in[start + i] == text[i];
            }
            if (same) {
                return start;
            }
        }
        return -1;
    }

    /** Takes three bytes, and how many of the keyword's stand before them. */
    @FunctionalInterface
    interface GramSink {
        void accept(int gram, int offset);
    }

    /** Hands over by what this is found. */
    void grams(GramSink sink) {
        for (int offset = window; offset <= window + 1; offset++) {
            spell(new byte[3], 0, offset, sink);
        }
    }

    private void spell(byte[] gram, int filled, int offset, GramSink sink) {
        if (filled == gram.length) {
            sink.accept((gram[0] & 0xff) | (gram[1] & 0xff) << 8 | (gram[2] & 0xff) << 16, offset);
            return;
        }
        int index = offset + filled;
        String choices = index < 0 ? leaders : index < text.length ? String.valueOf((char) text[index]) : followers;
        for (int i = 0; i < choices.length(); i++) {
            char c = choices.charAt(i);
            gram[filled] = (byte) c;
            spell(gram, filled + 1, offset, sink);
            if (ignoringCase && c >= 'a' && c <= 'z') {
                gram[filled] = (byte) (c - 0x20);
                spell(gram, filled + 1, offset, sink);
            }
        }
    }
}
