package dev.tacet.redactor.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads TOML 1.0 as far as rule files need it: all strings, arrays, tables, arrays of tables, inline tables, dotted and quoted keys; numbers,
 * booleans and dates are kept as text. What is wrong is told with line and column, without quoting it.
 */
final class TomlReader {
    private static final int DEEPEST = 64;
    private static final Pattern SCALAR = Pattern.compile("true|false|[+-]?(inf|nan|0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+"
            + "|[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?)|[0-9]{2,4}[-:][-0-9:.TtZz +]+");

    private final String text;
    private final Toml.Table root = new Toml.Table(new LinkedHashMap<>(), 1);
    private final Set<Toml.Table> defined = Collections.newSetFromMap(new IdentityHashMap<>());
    private Toml.Table table = root;
    private int at;
    private int depth;
    // Up to where line breaks were counted, and in which line that is: places only go forward but for the one of an
    // error.
    private int counted;
    private int line = 1;

    private TomlReader(String text) {
        this.text = text;
    }

    /** Reads a whole document. */
    static Toml.Table read(String text) throws TomlException {
        TomlReader reader = new TomlReader(text.startsWith("\ufeff") ? text.substring(1) : text);
        reader.document();
        return reader.root;
    }

    /** What is wrong, and where. */
    static final class TomlException extends Exception {
        private static final long serialVersionUID = 1L;

        private TomlException(int line, int column, String what) {
            super("line " + line + ", column " + column + ": " + what);
        }
    }

    private void document() throws TomlException {
        skipLines();
        while (at < text.length()) {
            if (peek() == '[') {
                header();
            } else {
                pair(table);
            }
            skipBlanks();
            if (at < text.length() && peek() != '\n' && peek() != '#' && peek() != '\r') {
                throw wrong("something stands behind the value");
            }
            skipLines();
        }
    }

    private void header() throws TomlException {
        int line = line();
        at++;
        boolean array = peek() == '[';
        if (array) {
            at++;
        }
        List<String> path = key();
        expect(']');
        if (array) {
            expect(']');
        }
        Toml.Table parent = walk(root, path.subList(0, path.size() - 1));
        String last = path.get(path.size() - 1);
        Toml known = parent.members().get(last);
        if (array) {
            Toml.Array all = known instanceof Toml.Array list ? list : new Toml.Array(new ArrayList<>(), line);
            if (known != null && !(known instanceof Toml.Array)) {
                throw wrong("this name stands for something else already");
            }
            parent.members().put(last, all);
            table = new Toml.Table(new LinkedHashMap<>(), line);
            all.items().add(table);
        } else {
            if (known != null && !(known instanceof Toml.Table)) {
                throw wrong("this name stands for something else already");
            }
            table = known instanceof Toml.Table old ? old : new Toml.Table(new LinkedHashMap<>(), line);
            parent.members().put(last, table);
            if (known != null && defined.contains(table)) {
                throw wrong("this table was defined before");
            }
            defined.add(table);
        }
    }

    /** The table that {@code path} leads to, made where it is not there; of an array of tables the last. */
    private Toml.Table walk(Toml.Table from, List<String> path) throws TomlException {
        Toml.Table here = from;
        for (String name : path) {
            Toml next = here.members().get(name);
            if (next instanceof Toml.Array list && !list.items().isEmpty()) {
                next = list.items().get(list.items().size() - 1);
            }
            if (next == null) {
                next = new Toml.Table(new LinkedHashMap<>(), line());
                here.members().put(name, next);
            }
            if (!(next instanceof Toml.Table inner)) {
                throw wrong("a part of this name is no table");
            }
            here = inner;
        }
        return here;
    }

    private void pair(Toml.Table into) throws TomlException {
        List<String> path = key();
        expect('=');
        skipBlanks();
        Toml.Table owner = walk(into, path.subList(0, path.size() - 1));
        if (owner.members().put(path.get(path.size() - 1), value()) != null) {
            throw wrong("this name was given a value before");
        }
    }

    private List<String> key() throws TomlException {
        List<String> path = new ArrayList<>();
        do {
            skipBlanks();
            char c = peek();
            if (c == '"' || c == '\'') {
                path.add(string());
            } else {
                int start = at;
                while (at < text.length() && isBare(peek())) {
                    at++;
                }
                if (at == start) {
                    throw wrong("a name is expected here");
                }
                path.add(text.substring(start, at));
            }
            skipBlanks();
        } while (take('.'));
        return path;
    }

    private static boolean isBare(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private Toml value() throws TomlException {
        if (++depth > DEEPEST) {
            throw wrong("values are nested too deep");
        }
        int line = line();
        Toml value = switch (peek()) {
            case '"', '\'' -> new Toml.Text(string(), line);
            case '[' -> array(line);
            case '{' -> inline(line);
            default -> scalar(line);
        };
        depth--;
        return value;
    }

    private Toml array(int line) throws TomlException {
        List<Toml> items = new ArrayList<>();
        at++;
        skipLines();
        while (!take(']')) {
            items.add(value());
            skipLines();
            if (!take(',')) {
                expect(']');
                break;
            }
            skipLines();
        }
        return new Toml.Array(items, line);
    }

    private Toml inline(int line) throws TomlException {
        Toml.Table inner = new Toml.Table(new LinkedHashMap<>(), line);
        at++;
        skipBlanks();
        if (!take('}')) {
            do {
                pair(inner);
                skipBlanks();
            } while (take(','));
            expect('}');
        }
        return inner;
    }

    private Toml scalar(int line) throws TomlException {
        int start = at;
        while (at < text.length() && (isBare(peek()) || "+.:".indexOf(peek()) >= 0)) {
            at++;
        }
        // A date and a time may have a blank between them.
        if (at - start == 10
                && text.charAt(start + 4) == '-'
                && at + 2 < text.length()
                && peek() == ' '
                && Character.isDigit(text.charAt(at + 1))) {
            at++;
            while (at < text.length() && (isBare(peek()) || "+.:".indexOf(peek()) >= 0)) {
                at++;
            }
        }
        String word = text.substring(start, at).replace("_", "");
        if (!SCALAR.matcher(word).matches()) {
            at = start;
            throw wrong("this is no value: text needs quotes");
        }
        return new Toml.Scalar(word, line);
    }

    private String string() throws TomlException {
        char quote = peek();
        String three = String.valueOf(quote).repeat(3);
        if (text.startsWith(three, at)) {
            at += 3;
            if (at < text.length() && peek() == '\r') {
                at++;
            }
            if (at < text.length() && peek() == '\n') {
                at++;
            }
            return content(quote, true);
        }
        at++;
        return content(quote, false);
    }

    private String content(char quote, boolean lines) throws TomlException {
        StringBuilder out = new StringBuilder();
        String three = String.valueOf(quote).repeat(3);
        while (at < text.length()) {
            char c = peek();
            if (c == quote && (!lines || text.startsWith(three, at))) {
                at += lines ? 3 : 1;
                // One or two quotes may stand before the three that close.
                for (int i = 0; lines && i < 2 && take(quote); i++) {
                    out.append(quote);
                }
                return out.toString();
            }
            if (!lines && c == '\n') {
                break;
            }
            at++;
            if (c == '\\' && quote == '"') {
                escape(out, lines);
            } else {
                out.append(c);
            }
        }
        throw wrong("a string is not closed");
    }

    private void escape(StringBuilder out, boolean lines) throws TomlException {
        char c = peek();
        int plain = "btnfre\"\\".indexOf(c);
        if (plain >= 0) {
            at++;
            out.append("\b\t\n\f\r\u001b\"\\".charAt(plain));
        } else if (c == 'u' || c == 'U') {
            int digits = c == 'u' ? 4 : 8;
            int end = at + 1 + digits;
            if (end > text.length() || !text.substring(at + 1, end).matches("[0-9a-fA-F]+")) {
                throw wrong("an escape needs " + digits + " hexadecimal digits");
            }
            long point = Long.parseLong(text.substring(at + 1, end), 16);
            if (point > Character.MAX_CODE_POINT) {
                throw wrong("there is no such character");
            }
            at = end;
            out.appendCodePoint((int) point);
        } else if (lines && Character.isWhitespace(c)) {
            while (at < text.length() && Character.isWhitespace(peek())) {
                at++;
            }
        } else {
            throw wrong("there is no such escape; in single quotes a backslash is only a backslash");
        }
    }

    private char peek() throws TomlException {
        if (at >= text.length()) {
            throw wrong("the file ends too early");
        }
        return text.charAt(at);
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) throws TomlException {
        skipBlanks();
        if (!take(wanted)) {
            throw wrong("here should be " + wanted);
        }
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** Blanks, line breaks and comments. */
    private void skipLines() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private int line() {
        while (counted < Math.min(at, text.length())) {
            if (text.charAt(counted++) == '\n') {
                line++;
            }
        }
        return line;
    }

    private TomlException wrong(String what) {
        int place = Math.min(at, text.length());
        return new TomlException(line(), place - text.lastIndexOf('\n', place - 1), what);
    }
}
