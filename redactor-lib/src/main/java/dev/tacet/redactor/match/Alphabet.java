package dev.tacet.redactor.match;

/** Which bytes mean what in base64 (RFC 4648, sections 4 and 5) and in base 16; a table look-up each. */
final class Alphabet {
    private static final byte[] BASE64 = table();
    private static final byte[] HEX = hexTable();

    private Alphabet() {}

    /** The six bits that a base64 character stands for, of either alphabet; negative for any other byte. */
    static int base64Digit(byte b) {
        return BASE64[b & 0xff];
    }

    static boolean isBase64(byte b) {
        return BASE64[b & 0xff] >= 0;
    }

    /** The value of a hexadecimal digit; negative for any other byte. */
    static int hexDigit(byte b) {
        return HEX[b & 0xff];
    }

    static boolean isLetterOrDigit(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }

    private static byte[] table() {
        byte[] table = new byte[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) base64(i);
        }
        return table;
    }

    private static int base64(int c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
    }

    private static byte[] hexTable() {
        byte[] table = new byte[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) (i < 0x80 ? Character.digit(i, 16) : -1);
        }
        return table;
    }
}
