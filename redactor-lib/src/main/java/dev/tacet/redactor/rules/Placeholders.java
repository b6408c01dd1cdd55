package dev.tacet.redactor.rules;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What stands in the place of a secret and is none: examples from manuals, variables, formats, masks. */
final class Placeholders {
    private static final List<byte[]> WORDS = Stream.of(
                    "null",
                    "none",
                    "nil",
                    "true",
                    "false",
                    "undefined",
                    "unset",
                    "empty",
                    "required",
                    "optional",
                    "missing",
                    "invalid",
                    "changeme",
                    "password",
                    "secret",
                    "token",
                    "string",
                    "redacted",
                    "hidden",
                    "masked",
                    "n/a",
                    "yes",
                    "no")
            .map(word -> word.getBytes(StandardCharsets.US_ASCII))
            .toList();

    private static final byte[] EXAMPLE = "EXAMPLE".getBytes(StandardCharsets.US_ASCII);

    private Placeholders() {}

    /** Whether the value is a word, a variable, a format or a mask; or one character again and again. */
    static boolean isPlaceholder(byte[] in, int start, int end) {
        return start == end || begins(in, start, end) || isRepeated(in, start, end) || isWord(in, start, end);
    }

    /** AWS' own examples end so ({@code AKIAIOSFODNN7EXAMPLE}); and one character again and again. */
    static boolean isExample(byte[] in, int start, int end) {
        int from = end - EXAMPLE.length;
        return (from >= start && Texts.isAt(EXAMPLE, in, from)) || isRepeated(in, start, end);
    }

    private static boolean begins(byte[] in, int start, int end) {
        byte first = in[start];
        boolean variable = (first == '$' || first == '#' || first == '{' || first == '@' || first == '%')
                && start + 1 < end
                && (in[start + 1] == '{' || in[start + 1] == '(' || first == '{' || first == '%' || first == '$');
        return variable || first == '<' || first == '[' || first == '*';
    }

    private static boolean isRepeated(byte[] in, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            if (in[i] != in[start]) {
                return false;
            }
        }
        return end - start > 1;
    }

    private static boolean isWord(byte[] in, int start, int end) {
        for (int i = 0; i < WORDS.size(); i++) {
            byte[] word = WORDS.get(i);
            if (word.length == end - start && Texts.isAtIgnoringCase(word, in, start)) {
                return true;
            }
        }
        return false;
    }
}
