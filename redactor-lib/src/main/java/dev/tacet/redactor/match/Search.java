package dev.tacet.redactor.match;

import org.jspecify.annotations.Nullable;

/**
 * One look at one text, once there is something to look at closer: its hits, and the views of it, which are read out of each other and dropped
 * one after the other, depth first. Reused, by one thread at a time.
 */
final class Search {
    private final Scanner scanner;
    private final View[] views = View.stack();
    private final Codings[] codings = new Codings[views.length];
    private final Unescapers unescapers = new Unescapers(false);
    private @Nullable HitList hits;
    // Which of the views is looked through.
    private int level;

    Search(Scanner scanner) {
        this.scanner = scanner;
        for (int i = 0; i < codings.length; i++) {
            codings[i] = new Codings();
        }
    }

    void begin(byte[] input, int length, boolean whole) {
        level = 0;
        views[0].wrap(input, length, whole);
        codings[0].reset();
    }

    void end() {
        views[0].wipe();
        hits = null;
    }

    @Nullable
    HitList hits() {
        return hits;
    }

    /** The view that is looked through. */
    View view() {
        return views[level];
    }

    private void add(View view, int start, int end, int id) {
        HitList all = hits == null ? new HitList() : hits;
        hits = all;
        all.addValue(view.start(start), view.end(end), id);
    }

    /** Something that begins like {@code form} stands at {@code start}. */
    void form(Form form, int start) {
        View view = views[level];
        if (form.isAt(view, start, scanner.secrets)) {
            add(view, start, start + form.length, form.id);
        } else if (form.cut > 0 && view.isText) {
            int end = Cuts.end(view, start, form, scanner.secrets);
            if (end >= 0) {
                add(view, start, end, form.id);
            }
        }
    }

    /** A clue stands at {@code start}: decodes what is around it and looks through that. */
    void clue(int start, int coding) {
        View view = views[level];
        if (view.mayDecode() && codings[level].undo(view, start, coding, views[level + 1])) {
            lookDeeper();
        }
    }

    /** Undoes each of the kinds of escapes that may be there, as {@link Escapes} counts them. */
    void unescape(int kinds) {
        View view = views[level];
        View deeper = views[level + 1];
        if ((kinds & Escapes.BACKSLASHES) != 0 && unescapers.backslashes(view, deeper)) {
            lookDeeper();
        }
        if ((kinds & Escapes.PERCENTS) != 0 && unescapers.percents(view, deeper)) {
            lookDeeper();
        }
        if ((kinds & Escapes.REFERENCES) != 0 && unescapers.references(view, deeper)) {
            lookDeeper();
        }
        if ((kinds & Escapes.WRAPS) != 0 && unescapers.wraps(view, deeper)) {
            lookDeeper();
        }
        if ((kinds & Escapes.UNSEEN) != 0 && unescapers.unseen(view, deeper)) {
            lookDeeper();
        }
    }

    private void lookDeeper() {
        level++;
        View view = views[level];
        codings[level].reset();
        scanner.scan(view.bytes, view.length, this);
        view.wipe();
        level--;
    }
}
