package dev.tacet.redactor.rules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads the syntax of RE2 as far as rule files use it.
 *
 * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2: Syntax</a>
 */
final class RegexSyntax {
    private static final int MOST_COUNTED = 1000;

    private final String text;
    private int at;
    private boolean ignoringCase;
    private boolean dotAll;

    private RegexSyntax(String text) {
        this.text = text;
    }

    /** Empty for what is not known here; whoever asks has to do without. */
    static Optional<Regex> read(String regex) {
        RegexSyntax syntax = new RegexSyntax(regex);
        try {
            Regex whole = syntax.choice();
            return syntax.at == regex.length() ? Optional.of(whole) : Optional.empty();
        } catch (UnknownSyntaxException unknown) {
            return Optional.empty();
        }
    }

    private static final class UnknownSyntaxException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private Regex choice() throws UnknownSyntaxException {
        List<Regex> options = new ArrayList<>();
        do {
            options.add(sequence());
        } while (take('|'));
        return options.size() == 1 ? options.get(0) : new Regex.Choice(options);
    }

    private Regex sequence() throws UnknownSyntaxException {
        List<Regex> parts = new ArrayList<>();
        while (at < text.length() && peek() != '|' && peek() != ')') {
            Regex atom = atom();
            parts.add(repeated(atom));
        }
        return parts.size() == 1 ? parts.get(0) : new Regex.Sequence(parts);
    }

    private Regex repeated(Regex atom) throws UnknownSyntaxException {
        Regex all = atom;
        while (at < text.length() && "*+?{".indexOf(peek()) >= 0) {
            int min = peek() == '+' ? 1 : 0;
            int max = peek() == '?' ? 1 : -1;
            if (peek() == '{') {
                int end = text.indexOf('}', at);
                String[] counts =
                        end < 0 ? new String[0] : text.substring(at + 1, end).split(",", -1);
                if (counts.length < 1 || counts.length > 2 || !counts[0].matches("[0-9]{1,4}")) {
                    // A brace that counts nothing is a character.
                    return all;
                }
                min = Integer.parseInt(counts[0]);
                max = counts.length == 1 ? min : counts[1].isEmpty() ? -1 : counted(counts[1]);
                at = end;
            }
            at++;
            take('?'); // as little as possible is found where as much as possible is
            if (min > MOST_COUNTED) {
                throw new UnknownSyntaxException();
            }
            all = new Regex.Repeat(all, min, max);
        }
        return all;
    }

    private static int counted(String digits) throws UnknownSyntaxException {
        if (!digits.matches("[0-9]{1,4}")) {
            throw new UnknownSyntaxException();
        }
        return Integer.parseInt(digits);
    }

    private Regex atom() throws UnknownSyntaxException {
        char c = next();
        return switch (c) {
            case '(' -> group();
            case '[' -> set();
            case '.' -> ofClass(AsciiClass.all(!dotAll), true);
            case '^', '$' -> new Regex.Sequence(List.of());
            case '\\' -> escape();
            case '*', '+', '?' -> throw new UnknownSyntaxException();
            default -> literal(codePoint(c));
        };
    }

    private int codePoint(char c) {
        if (Character.isHighSurrogate(c) && at < text.length() && Character.isLowSurrogate(text.charAt(at))) {
            return Character.toCodePoint(c, text.charAt(at++));
        }
        return c;
    }

    private Regex group() throws UnknownSyntaxException {
        boolean outerCase = ignoringCase;
        boolean outerDot = dotAll;
        if (take('?')) {
            if (text.startsWith("P<", at) || text.startsWith("<", at)) {
                int end = text.indexOf('>', at);
                if (end < 0) {
                    throw new UnknownSyntaxException();
                }
                at = end + 1;
            } else if (flags()) {
                return new Regex.Sequence(List.of()); // for the rest of the group around
            }
        }
        Regex inner = choice();
        if (!take(')')) {
            throw new UnknownSyntaxException();
        }
        ignoringCase = outerCase;
        dotAll = outerDot;
        return inner;
    }

    /** Reads flags up to their colon; true when they end with a parenthesis instead. */
    private boolean flags() throws UnknownSyntaxException {
        boolean on = true;
        while (true) {
            switch (next()) {
                case 'i' -> ignoringCase = on;
                case 's' -> dotAll = on;
                case 'm', 'U' -> {
                    // Where lines begin, and how much is taken: nothing to a sieve.
                }
                case '-' -> on = false;
                case ':' -> {
                    return false;
                }
                case ')' -> {
                    return true;
                }
                default -> throw new UnknownSyntaxException();
            }
        }
    }

    private Regex escape() throws UnknownSyntaxException {
        char c = next();
        return switch (c) {
            case 'b', 'B', 'A', 'z' -> new Regex.Sequence(List.of());
            case 'd', 'w', 's' -> ofClass(AsciiClass.named(c), false);
            case 'D', 'W', 'S' -> ofClass(AsciiClass.not(AsciiClass.named(Character.toLowerCase(c))), true);
            default -> literal(escaped(c));
        };
    }

    /** The character that an escape stands for. */
    private int escaped(char c) throws UnknownSyntaxException {
        int control = "tnrfva".indexOf(c);
        if (control >= 0) {
            return "\t\n\r\f\u000b\u0007".charAt(control);
        }
        if (c == 'x') {
            boolean braces = take('{');
            int end = braces ? text.indexOf('}', at) : at + 2;
            if (end < 0 || end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]{1,6}")) {
                throw new UnknownSyntaxException();
            }
            int point = Integer.parseInt(text.substring(at, end), 16);
            at = braces ? end + 1 : end;
            return point;
        }
        if (Character.isLetterOrDigit(c)) {
            throw new UnknownSyntaxException();
        }
        return c;
    }

    private Regex literal(int point) {
        if (point < 0x80) {
            BitSet one = new BitSet();
            one.set(point);
            return ofClass(one, false);
        }
        if (ignoringCase) {
            return beyondAscii();
        }
        List<Regex> bytes = new ArrayList<>();
        for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            BitSet one = new BitSet();
            one.set(b & 0xff);
            bytes.add(new Regex.Bytes(one));
        }
        return new Regex.Sequence(bytes);
    }

    private Regex set() throws UnknownSyntaxException {
        boolean negated = take('^');
        BitSet ascii = new BitSet();
        boolean beyond = false;
        for (boolean first = true; first || peek() != ']'; first = false) {
            if (text.startsWith("[:", at)) {
                ascii.or(posix());
                continue;
            }
            char c = next();
            if (c == '\\' && "dws".indexOf(peek()) >= 0) {
                ascii.or(AsciiClass.named(next()));
                continue;
            }
            if (c == '\\' && "DWS".indexOf(peek()) >= 0) {
                ascii.or(AsciiClass.not(AsciiClass.named(Character.toLowerCase(next()))));
                beyond = true;
                continue;
            }
            int low = c == '\\' ? escaped(next()) : codePoint(c);
            int high = low;
            if (at + 1 < text.length() && peek() == '-' && text.charAt(at + 1) != ']') {
                at++;
                char to = next();
                high = to == '\\' ? escaped(next()) : codePoint(to);
            }
            beyond |= high >= 0x80;
            if (low < 0x80) {
                ascii.set(low, Math.min(high, 0x7f) + 1);
            }
        }
        at++;
        return ofClass(negated ? AsciiClass.not(folded(ascii)) : ascii, beyond || negated);
    }

    private BitSet posix() throws UnknownSyntaxException {
        int end = text.indexOf(":]", at);
        Optional<BitSet> set = end < 0 ? Optional.empty() : AsciiClass.posix(text.substring(at + 2, end));
        at = end + 2;
        return set.orElseThrow(UnknownSyntaxException::new);
    }

    /** With letters of either case, if that is asked for. */
    private BitSet folded(BitSet ascii) {
        BitSet all = (BitSet) ascii.clone();
        for (int c = 'a'; ignoringCase && c <= 'z'; c++) {
            boolean either = ascii.get(c) || ascii.get(c - 0x20);
            all.set(c, either);
            all.set(c - 0x20, either);
        }
        return all;
    }

    /** One character of a set, or one beyond ASCII. */
    private Regex ofClass(BitSet ascii, boolean beyond) {
        BitSet set = folded(ascii);
        // The Kelvin sign and the long s are letters of either case too.
        boolean odd = ignoringCase && (set.get('k') || set.get('s'));
        return beyond || odd ? new Regex.Choice(List.of(new Regex.Bytes(set), beyondAscii())) : new Regex.Bytes(set);
    }

    private static Regex beyondAscii() {
        BitSet high = new BitSet();
        high.set(0x80, 0x100);
        return new Regex.Repeat(new Regex.Bytes(high), 1, 4);
    }

    private char peek() throws UnknownSyntaxException {
        if (at >= text.length()) {
            throw new UnknownSyntaxException();
        }
        return text.charAt(at);
    }

    private char next() throws UnknownSyntaxException {
        char c = peek();
        at++;
        return c;
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }
}
