package dev.tacet.redactor.match;

/**
 * Looks at the end of a text that goes on: for what may be the beginning of a form, in whatever encoding. There it cannot wait for
 * clues, since a clue may stand behind the beginning; so it undoes whatever the last bytes could be. Used once.
 */
final class Tail {
    /** How many bytes one byte of a value takes in the widest encoding: a backslash, a u and four digits, in base64. */
    private static final int WIDEST = 8;

    private final Beginnings beginnings;
    private final View[] views = View.stack();
    private final Unescapers unescapers = new Unescapers();
    private final Run base64 = new Run(false);
    private final Run hex = new Run(true);
    private final HitList cut = new HitList();
    private int level;
    private int live;

    Tail(Beginnings beginnings) {
        this.beginnings = beginnings;
    }

    /** The index from which on the bytes of {@code input} may belong to a form that goes on behind its end. */
    int live(byte[] input) {
        live = input.length;
        views[0].wrap(input, input.length);
        look();
        return live;
    }

    /** After {@link #live}: the beginnings that are long enough to be masked should nothing follow. */
    HitList cut() {
        return cut;
    }

    private void look() {
        View view = views[level];
        View deeper = views[level + 1];
        note(view, beginnings.earliest(view));
        beginnings.cut(view, cut);
        note(view, unescapers.open(view, deeper));
        deeper(unescapers.unseen(view, deeper));
        deeper(unescapers.backslashes(view, deeper));
        deeper(unescapers.percents(view, deeper));
        deeper(unescapers.references(view, deeper));
        if (view.mayDecode() && view.length > 0) {
            digits(base64, 4, view, deeper);
            digits(hex, 2, view, deeper);
            for (int coding = Codings.HEX + 1; coding < Codings.COUNT; coding++) {
                numbers(Codings.style(coding), view, deeper);
            }
        }
    }

    private void note(View view, int from) {
        if (from < view.length) {
            live = Math.min(live, view.start(from));
        }
    }

    private void deeper(boolean worth) {
        if (worth) {
            level++;
            look();
            views[level].wipe();
            level--;
        }
    }

    /** A run of digits at the end; its last ones may be the first of an encoded value. */
    private void digits(Run run, int phases, View view, View deeper) {
        int end = lastDigitEnd(run, view);
        if (end == 0) {
            return;
        }
        int start = Math.max(run.start(view.bytes, end), end - WIDEST * beginnings.longest() - 64);
        note(view, Math.max(start, end - phases + 1));
        for (int skip = 0; skip < phases; skip++) {
            if (run == hex) {
                Codings.hex(view, start, view.length, skip, deeper);
            } else {
                Codings.base64(view, start, view.length, skip, deeper);
            }
            deeper(true);
        }
    }

    /** Behind the last digit, when the run that it is in may go on; else 0. */
    private static int lastDigitEnd(Run run, View view) {
        int end = view.length;
        while (end > 0 && (view.bytes[end - 1] == ' ' || view.bytes[end - 1] == '\t')) {
            end--;
        }
        boolean newLine = end > 0 && view.bytes[end - 1] == '\n';
        if (newLine) {
            end--;
        }
        boolean carriageReturn = end > 0 && view.bytes[end - 1] == '\r';
        if (carriageReturn) {
            end--;
        }
        boolean atEnd = end == view.length;
        if (end == 0 || !run.isDigit(view.bytes[end - 1])) {
            return 0;
        }
        return atEnd || ((newLine || carriageReturn) && run.isWrapped(view.bytes, end)) ? end : 0;
    }

    /** Numbers at the end. Of the last, or of the separator behind it, only a part may be there. */
    private void numbers(NumberStyle style, View view, View deeper) {
        int earliest = Math.max(0, view.length - style.widest());
        for (int at = view.length - 1; at >= earliest; at--) {
            int end = style.end(view.bytes, at, view.length);
            if (end < 0 || !style.mayGoOn(view.bytes, end, view.length)) {
                continue;
            }
            if (end == view.length) {
                note(view, at);
            }
            int least = view.length - WIDEST * beginnings.longest();
            int start = at;
            int before = style.before(view.bytes, start);
            while (before >= Math.max(0, least)) {
                start = before;
                before = style.before(view.bytes, start);
            }
            Codings.numbers(view, start, end, style, deeper);
            deeper(true);
        }
    }
}
