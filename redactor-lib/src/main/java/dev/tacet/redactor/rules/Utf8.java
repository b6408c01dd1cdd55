package dev.tacet.redactor.rules;

/** Whether bytes are UTF-8, whole characters and each in its shortest form. */
final class Utf8 {
    private Utf8() {}

    /** Of the bytes between two places; RFC 3629, save that halves of surrogate pairs pass. */
    static boolean isValid(byte[] in, int start, int end) {
        for (int at = start; at < end; ) {
            if (in[at] >= 0) {
                at++;
                continue;
            }
            int size = Integer.numberOfLeadingZeros(~(in[at] << 24));
            if (size < 2 || size > 4 || at + size > end || (in[at] & 0xff) < 0xc2) {
                return false;
            }
            int code = in[at] & (0x7f >> size);
            for (int i = 1; i < size; i++) {
                if ((in[at + i] & 0xc0) != 0x80) {
                    return false;
                }
                code = code << 6 | (in[at + i] & 0x3f);
            }
            if ((size == 3 && code < 0x800) || (size == 4 && code < 0x10000)) {
                return false;
            }
            at += size;
        }
        return true;
    }
}
