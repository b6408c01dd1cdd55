package dev.tacet.redactor.match;

/** Undoes percent-encoding (RFC 3986, section 2.1), over-encoded letters too. A plus stays: values have a form with it. */
final class Percents extends Unescaper {

    @Override
    void next() {
        while (at < length && in[at] != '%') {
            at++;
        }
    }

    @Override
    void read() {
        int value = hex(at + 1, 2);
        if (value >= 0) {
            replaceByByte(value, 3);
        } else {
            keep(value == CUT);
        }
    }
}
