package dev.tacet.redactor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Undoes encodings the slow and simple way: each decoder is one regular expression over the whole text, and what it does not
 * understand it leaves. Nothing of the library is used, for it is judged by this. One character stands for one byte.
 */
final class NaiveDecoders {
    private static final Pattern BACKSLASH =
            Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{3})|(.))", Pattern.DOTALL);
    private static final Pattern PERCENT = Pattern.compile("%([0-9a-fA-F]{2})");
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));");
    // Longer than the word REDACTED, which is base64 too.
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_\\-\\r\\n]{9,}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-Fx:, \\-\\r\\n]{12,}");
    private static final Pattern NUMBERS = Pattern.compile("[0-9, \\-]{11,}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,3}");
    private static final Pattern QUOTES = Pattern.compile("'\\\\''|'\"'\"'|''");

    private static final List<UnaryOperator<String>> ALL = List.of(
            text -> text.indexOf('\\') < 0 ? text : backslashes(text),
            text -> text.indexOf('%') < 0 ? text : percent(text),
            text -> text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : percent(text.replace('+', ' ')),
            text -> text.indexOf('&') < 0 ? text : replace(REFERENCE, text, NaiveDecoders::reference),
            text -> text.indexOf('\'') < 0 ? text : QUOTES.matcher(text).replaceAll("'"),
            text -> replace(BASE64, text, NaiveDecoders::base64),
            text -> replace(HEX, text, NaiveDecoders::hex),
            text -> replace(NUMBERS, text, NaiveDecoders::numbers));

    private NaiveDecoders() {}

    /** Whether {@code wanted} is true of a text, or of what comes out when at most {@code depth} encodings are undone one after the other. */
    static boolean any(String text, int depth, Predicate<String> wanted) {
        if (wanted.test(text)) {
            return true;
        }
        if (depth == 0) {
            return false;
        }
        List<String> seen = new ArrayList<>();
        for (UnaryOperator<String> decoder : ALL) {
            String decoded = decoder.apply(text);
            if (!decoded.equals(text) && !seen.contains(decoded)) {
                seen.add(decoded);
                if (any(decoded, depth - 1, wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private interface Reader {
        String read(MatchResult match);
    }

    private static String replace(Pattern pattern, String text, Reader reader) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.replaceAll(match -> Matcher.quoteReplacement(reader.read(match))) : text;
    }

    private static String percent(String text) {
        return replace(PERCENT, text, match -> String.valueOf((char) Integer.parseInt(match.group(1), 16)));
    }

    private static String backslashes(String text) {
        StringBuilder out = new StringBuilder();
        StringBuilder units = new StringBuilder();
        Matcher matcher = BACKSLASH.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from || matcher.group(1) == null) {
                out.append(bytes(units.toString())).append(text, from, matcher.start());
                units.setLength(0);
            }
            if (matcher.group(1) != null) {
                // Two in a row may be one character.
                units.append((char) Integer.parseInt(matcher.group(1), 16));
            } else if (matcher.group(2) != null) {
                out.append((char) Integer.parseInt(matcher.group(2), 16));
            } else if (matcher.group(3) != null) {
                out.append((char) (Integer.parseInt(matcher.group(3), 8) & 0xff));
            } else {
                char letter = matcher.group(4).charAt(0);
                int known = "bfnrt".indexOf(letter);
                out.append(known < 0 ? letter : "\b\f\n\r\t".charAt(known));
            }
            from = matcher.end();
        }
        return out.append(bytes(units.toString()))
                .append(text, from, text.length())
                .toString();
    }

    private static String reference(MatchResult match) {
        if (match.group(3) != null) {
            return switch (match.group(3)) {
                case "lt" -> "<";
                case "gt" -> ">";
                case "amp" -> "&";
                case "quot" -> "\"";
                default -> "'";
            };
        }
        int point = match.group(1) != null ? Integer.parseInt(match.group(1)) : Integer.parseInt(match.group(2), 16);
        return Character.isValidCodePoint(point) ? bytes(Character.toString(point)) : match.group();
    }

    /** Read from each of the first four characters on: nobody knows where the encoding began. */
    private static String base64(MatchResult match) {
        String digits =
                match.group().replaceAll("[\\r\\n]", "").replace('-', '+').replace('_', '/');
        StringBuilder out = new StringBuilder();
        for (int skipped = 0; skipped < 4; skipped++) {
            int length = digits.length() - skipped;
            String whole =
                    digits.substring(Math.min(skipped, digits.length()), digits.length() - (length % 4 == 1 ? 1 : 0));
            out.append(new String(Base64.getDecoder().decode(whole), ISO_8859_1))
                    .append('\0');
        }
        return out.toString();
    }

    private static String hex(MatchResult match) {
        String digits = match.group().replaceAll("0x(?=[0-9a-fA-F])|[^0-9a-fA-F]", "");
        StringBuilder out = new StringBuilder();
        for (int skipped = 0; skipped < 2; skipped++) {
            for (int i = skipped; i + 2 <= digits.length(); i += 2) {
                out.append((char) Integer.parseInt(digits.substring(i, i + 2), 16));
            }
            out.append('\0');
        }
        return out.toString();
    }

    private static String numbers(MatchResult match) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher number = NUMBER.matcher(match.group());
        while (number.find()) {
            out.write(Integer.parseInt(number.group()));
        }
        return out.toString(ISO_8859_1);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
