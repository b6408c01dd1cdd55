package dev.tacet.redactor.match;

import dev.tacet.redactor.match.JsonFit.Placed;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a part of the input as one JSON object or array (RFC 8259) and places hits in it. It keeps positions only; one
 * pass, no look back, and nothing else than a strict reader would accept.
 *
 * <p>A value is finished after all that it contains. So the first value to finish that covers a hit is the smallest one.
 */
final class JsonDocument {
    private static final int DEEPEST = 1_000;

    private final byte[] input;
    private final int to;
    private final List<Hit> hits;
    private final List<Placed> placed = new ArrayList<>();
    private int at;
    private int depth;
    private int nextHit;

    JsonDocument(byte[] input, int from, int to, List<Hit> hits) {
        this.input = input;
        this.at = from;
        this.to = to;
        this.hits = hits;
    }

    /** False when this is no JSON object or array. */
    boolean place() {
        skipBlank();
        if (peek() != '{' && peek() != '[') {
            return false;
        }
        if (!value()) {
            return false;
        }
        skipBlank();
        if (at != to) {
            return false;
        }
        while (nextHit < hits.size()) {
            placed.add(new Placed(hits.get(nextHit++), false));
        }
        return true;
    }

    /** After {@link #place} said no: whether that is only because the text ends here. */
    boolean isCut() {
        return at >= to;
    }

    List<Placed> placed() {
        return placed;
    }

    private boolean value() {
        int start = at;
        return switch (peek()) {
            case '{' -> container('}', true) && finish(start);
            case '[' -> container(']', false) && finish(start);
            case '"' -> string();
            case 't' -> word("true") && finish(start);
            case 'f' -> word("false") && finish(start);
            case 'n' -> word("null") && finish(start);
            default -> number() && finish(start);
        };
    }

    private boolean container(char close, boolean named) {
        if (++depth > DEEPEST) {
            return false;
        }
        at++;
        skipBlank();
        if (!take(close)) {
            do {
                skipBlank();
                if (named && !(string() && skipBlank() && take(':') && skipBlank())) {
                    return false;
                }
                if (!value()) {
                    return false;
                }
                skipBlank();
            } while (take(','));
            if (!take(close)) {
                return false;
            }
        }
        depth--;
        return true;
    }

    private boolean string() {
        int start = at;
        if (!take('"')) {
            return false;
        }
        while (at < to && input[at] != '"') {
            if (input[at] >= 0 && input[at] < ' ') {
                return false;
            }
            if (input[at] == '\\' && !escape()) {
                return false;
            }
            at++;
        }
        return take('"') && finishString(start);
    }

    /** Leaves {@code at} on the last byte of the escape. */
    private boolean escape() {
        at++;
        int letter = peek();
        if (letter != 'u') {
            return letter >= 0 && "\"\\/bfnrt".indexOf(letter) >= 0;
        }
        for (int i = 0; i < 4; i++) {
            at++;
            if (peek() < 0 || Character.digit(peek(), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean word(String wanted) {
        for (int i = 0; i < wanted.length(); i++) {
            if (!take(wanted.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        take('-');
        if (!take('0') && !digits()) {
            return false;
        }
        if (take('.') && !digits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int start = at;
        while (at < to && input[at] >= '0' && input[at] <= '9') {
            at++;
        }
        return at > start;
    }

    /** Places the hits inside the quotes as they are, and one that takes a quote along as the whole string. */
    private boolean finishString(int start) {
        while (nextHit < hits.size() && hits.get(nextHit).start() < at) {
            Hit hit = hits.get(nextHit);
            if (hit.start() > start && hit.end() < at) {
                placed.add(new Placed(hit, false));
                nextHit++;
            } else if (!cover(hit, start)) {
                break;
            }
        }
        return true;
    }

    private boolean finish(int start) {
        while (nextHit < hits.size() && hits.get(nextHit).start() < at) {
            if (!cover(hits.get(nextHit), start)) {
                break;
            }
        }
        return true;
    }

    /** Gives the hit the value that ends here, if that covers it; if not, a value around this one will. */
    private boolean cover(Hit hit, int start) {
        if (hit.start() < start || hit.end() > at) {
            return false;
        }
        // Hits placed before inside this value are part of it now.
        Hit grown = new Hit(start, at, hit.id(), hit.longest(), hit.exact());
        while (!placed.isEmpty() && placed.get(placed.size() - 1).hit().start() >= start) {
            grown = grown.join(placed.remove(placed.size() - 1).hit());
        }
        placed.add(new Placed(grown, true));
        nextHit++;
        return true;
    }

    private int peek() {
        return at < to ? input[at] : -1;
    }

    private boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private boolean skipBlank() {
        while (at < to && (input[at] == ' ' || input[at] == '\t' || input[at] == '\n' || input[at] == '\r')) {
            at++;
        }
        return true;
    }
}
