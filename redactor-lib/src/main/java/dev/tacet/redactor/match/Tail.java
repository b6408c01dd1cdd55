package dev.tacet.redactor.match;

/**
 * Looks at the end of a text that goes on: for what may be the beginning of a form, in whatever encoding. There it cannot wait for
 * clues, since a clue may stand behind the beginning; so it undoes whatever the last bytes could be. Used once.
 */
final class Tail {
    /** How many bytes one byte of a value takes in the widest encoding: a backslash, a u and four digits, in base64. */
    private static final int WIDEST = 8;

    /** How many bytes are looked at besides those that an encoded form may take. */
    private static final int WINDOW = 1024;

    private final Beginnings beginnings;
    private final View[] views = View.stack();
    private final Unescapers unescapers = new Unescapers(true);
    private final HitList cut = new HitList();
    private int level;
    private int live;

    Tail(Beginnings beginnings) {
        this.beginnings = beginnings;
    }

    /** The index from which on the bytes of {@code input} may belong to a form that goes on behind its end. */
    int live(byte[] input) {
        live = input.length;
        views[0].wrapEnd(input, Math.max(0, input.length - WINDOW - 2 * WIDEST * beginnings.longest()));
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
        deeper(unescapers.wraps(view, deeper));
        if (view.mayDecode()) {
            base64(view, deeper);
            for (int coding = Codings.HEX; coding < Codings.COUNT; coding++) {
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

    /** A run of base64 at the end; its last three characters may be the first of an encoded value. */
    private void base64(View view, View deeper) {
        int end = view.length;
        int start = Math.max(Codings.base64Start(view, end), end - WIDEST * beginnings.longest() - 64);
        note(view, Math.max(start, end - 3));
        for (int skip = 0; skip < 4 && start + skip < end; skip++) {
            Codings.base64(view, start, end, skip, deeper);
            deeper(true);
        }
    }

    /** Numbers at the end. Of the last, or of the separator behind it, only a part may be there. */
    private void numbers(NumberStyle style, View view, View deeper) {
        int earliest = Math.max(0, view.length - style.widest());
        for (int at = view.length - 1; at >= earliest; at--) {
            int end = style.end(view.bytes, at, view.length);
            if (end < 0 || !style.mayGoOn(view.bytes, end, view.length)) {
                continue;
            }
            if (end == view.length && !style.isCharacters()) { // it may be longer
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
