package dev.tacet.redactor.match;

/**
 * Undoes escapes that begin with a backslash: those of JSON (RFC 8259, section 7), Java and its properties files, C, Go, Python and
 * shells. Where no language gives a letter a meaning, it stands for itself and the backslash is left out.
 */
final class Backslashes extends Unescaper {

    @Override
    void next() {
        while (at < length && in[at] != '\\') {
            at++;
        }
    }

    @Override
    void read() {
        if (at + 1 == length) {
            keep(true);
            return;
        }
        byte letter = in[at + 1];
        switch (letter) {
            case 'u' -> unit();
            case 'U' -> number(8);
            case 'x' -> number(2);
            case '0', '1', '2', '3' -> octal();
            default -> {
                int control = "abtnvfre".indexOf(letter);
                if (control >= 0) {
                    replace(control == 7 ? 0x1b : control + 7, 2);
                } else {
                    dropBackslash();
                }
            }
        }
    }

    /** The next byte stands for itself, a backslash too. */
    private void dropBackslash() {
        replaceByByte(in[at + 1], 2);
    }

    private void number(int digits) {
        int value = hex(at + 2, digits);
        if (value == CUT) {
            keep(true);
        } else if (value < 0 || value > Character.MAX_CODE_POINT) {
            dropBackslash();
        } else if (digits == 2) {
            replaceByByte(value, 4);
        } else {
            replace(value, 2 + digits);
        }
    }

    /** One or two UTF-16 units; an unpaired surrogate comes out as three bytes that are in no value. */
    private void unit() {
        int first = hex(at + 2, 4);
        if (first < 0) {
            number(4); // not one: cut, or a letter that stands for itself
            return;
        }
        if (Character.isHighSurrogate((char) first)) {
            int next = at + 6;
            boolean pair = next + 1 < length && in[next] == '\\' && in[next + 1] == 'u';
            int second = pair ? hex(next + 2, 4) : -1;
            if (second >= 0 && Character.isLowSurrogate((char) second)) {
                replace(Character.toCodePoint((char) first, (char) second), 12);
                return;
            }
            if (next >= length || second == CUT || (next + 1 == length && in[next] == '\\')) {
                keep(true);
                return;
            }
        }
        replace(first, 6);
    }

    private void octal() {
        int value = 0;
        int digits = 0;
        while (digits < 3 && at + 1 + digits < length && in[at + 1 + digits] >= '0' && in[at + 1 + digits] <= '7') {
            value = 8 * value + in[at + 1 + digits] - '0';
            digits++;
        }
        if (digits < 3 && at + 1 + digits == length) {
            cut();
        }
        if (digits == 3 || (digits == 1 && value == 0)) {
            replaceByByte(value, 1 + digits);
        } else {
            dropBackslash();
        }
    }
}
