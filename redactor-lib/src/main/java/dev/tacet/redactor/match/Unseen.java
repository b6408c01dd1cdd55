package dev.tacet.redactor.match;

/** Leaves out what a terminal does not show: colour codes and titles (ECMA-48, section 5.4), and characters of no width. */
final class Unseen extends Unescaper {
    /** The longest sequence that is left out. */
    private static final int LONGEST = 64;

    private static final int ESC = 0x1b;

    @Override
    void next() {
        while (at < length && !mayBegin(in[at])) {
            at++;
        }
    }

    private static boolean mayBegin(byte b) {
        return b == ESC || b == (byte) 0xc2 || b == (byte) 0xe2 || b == (byte) 0xef;
    }

    @Override
    void read() {
        if (in[at] == ESC) {
            sequence();
        } else {
            noWidth();
        }
    }

    /** ESC [ … letter, ESC ] … BEL, or ESC and one more. */
    private void sequence() {
        int last = Math.min(length, at + LONGEST);
        int end = at + 2;
        if (end <= length && in[at + 1] == '[') {
            while (end < last && in[end] >= 0x20 && in[end] < 0x40) {
                end++;
            }
            end++;
        } else if (end <= length && in[at + 1] == ']') {
            while (end < last && in[end] != 7) {
                end++;
            }
            end++;
        }
        if (end > last) {
            keep(last == length);
        } else {
            replace(-1, end - at);
        }
    }

    /** U+00AD, U+200B to U+200F, U+2060, U+FEFF. */
    private void noWidth() {
        int size = in[at] == (byte) 0xc2 ? 2 : 3;
        if (at + size > length) {
            keep(true);
            return;
        }
        int second = in[at + 1] & 0xff;
        int third = size == 2 ? 0 : in[at + 2] & 0xff;
        boolean none = switch (in[at] & 0xff) {
            case 0xc2 -> second == 0xad;
            case 0xe2 -> (second == 0x80 && third >= 0x8b && third <= 0x8f) || (second == 0x81 && third == 0xa0);
            default -> second == 0xbb && third == 0xbf;
        };
        if (none) {
            replace(-1, size);
        } else {
            keep(false);
        }
    }
}
