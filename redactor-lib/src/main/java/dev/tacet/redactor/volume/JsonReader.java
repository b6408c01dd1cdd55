package dev.tacet.redactor.volume;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON document (RFC 8259) from UTF-8.
 *
 * <p>Strict: nothing before or behind the document but blanks, no member twice, nothing that the grammar does not have. At
 * most {@value #DEEPEST} levels and {@value #LONGEST_NUMBER} characters a number; the caller bounds the size.
 */
final class JsonReader {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    static Json read(byte[] utf8) throws BrokenException {
        JsonReader reader;
        try {
            reader = new JsonReader(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException broken) {
            throw new BrokenException("is not UTF-8");
        }
        Json value = reader.value(0);
        reader.skipBlank();
        if (reader.at != reader.text.length()) {
            throw reader.broken();
        }
        return value;
    }

    private Json value(int depth) throws BrokenException {
        if (depth > DEEPEST) {
            throw new BrokenException("has more than " + DEEPEST + " levels");
        }
        skipBlank();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private Json object(int depth) throws BrokenException {
        Map<String, Json> members = new LinkedHashMap<>();
        expect('{');
        skipBlank();
        if (take('}')) {
            return new Json.Obj(members);
        }
        do {
            skipBlank();
            String name = string();
            skipBlank();
            expect(':');
            if (members.put(name, value(depth + 1)) != null) {
                throw new BrokenException("has a member twice before character " + at);
            }
            skipBlank();
        } while (take(','));
        expect('}');
        return new Json.Obj(members);
    }

    private Json array(int depth) throws BrokenException {
        List<Json> items = new ArrayList<>();
        expect('[');
        skipBlank();
        if (take(']')) {
            return new Json.Arr(items);
        }
        do {
            items.add(value(depth + 1));
            skipBlank();
        } while (take(','));
        expect(']');
        return new Json.Arr(items);
    }

    private String string() throws BrokenException {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            int c = peek();
            if (c < ' ') {
                throw broken();
            }
            at++;
            out.append(c == '\\' ? escape() : (char) c);
        }
        at++;
        return out.toString();
    }

    private char escape() throws BrokenException {
        int letter = peek();
        at++;
        if (letter == 'u') {
            int code = 0;
            for (int i = 0; i < 4; i++) {
                int c = peek();
                int digit = c < 0x80 ? Character.digit(c, 16) : -1;
                if (digit < 0) {
                    throw broken();
                }
                code = code * 16 + digit;
                at++;
            }
            return (char) code;
        }
        int known = letter < 0 ? -1 : ESCAPES.indexOf(letter);
        if (known < 0) {
            throw broken();
        }
        return ESCAPED.charAt(known);
    }

    private Json word(String wanted, Json value) throws BrokenException {
        if (!text.startsWith(wanted, at)) {
            throw broken();
        }
        at += wanted.length();
        return value;
    }

    private Json number() throws BrokenException {
        int start = at;
        take('-');
        if (!take('0')) {
            digits();
        }
        if (take('.')) {
            digits();
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits();
        }
        if (at - start > LONGEST_NUMBER) {
            throw broken();
        }
        try {
            return new Json.Num(new BigDecimal(text.substring(start, at)));
        } catch (ArithmeticException | NumberFormatException outOfRange) {
            throw broken();
        }
    }

    private void digits() throws BrokenException {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw broken();
        }
    }

    private void skipBlank() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) throws BrokenException {
        if (!take(wanted)) {
            throw broken();
        }
    }

    private BrokenException broken() {
        return new BrokenException("is no JSON at character " + at);
    }
}
