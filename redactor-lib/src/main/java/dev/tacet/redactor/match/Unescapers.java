package dev.tacet.redactor.match;

/** One of each kind. Each reads one view into an empty other one, and answers whether that is worth a look. Reused, by one thread at a time. */
final class Unescapers {
    private final boolean dropOpen;
    private final Backslashes backslashes = new Backslashes();
    private final Percents percents = new Percents();
    private final References references = new References();
    private final Unseen unseen = new Unseen();
    private final Wraps wraps = new Wraps();

    /** With {@code dropOpen} an escape within which a text ends is left out, rather than taken for what it looks like. */
    Unescapers(boolean dropOpen) {
        this.dropOpen = dropOpen;
    }

    /** In JSON inside JSON inside JSON the same text is escaped three times; else twice is as deep as it goes. */
    boolean backslashes(View source, View out) {
        if (!source.mayDecodeBackslashes()) {
            return false;
        }
        boolean only = source.backslashesOnly;
        boolean undone = undo(backslashes, source, out);
        out.backslashesOnly = only;
        return undone;
    }

    boolean percents(View source, View out) {
        return source.mayDecode() && undo(percents, source, out);
    }

    boolean references(View source, View out) {
        return source.mayDecode() && undo(references, source, out);
    }

    boolean unseen(View source, View out) {
        boolean undone = !source.allSeen && undoLightly(unseen, source, out);
        out.allSeen = undone;
        return undone;
    }

    boolean wraps(View source, View out) {
        boolean undone = !source.joined && undoLightly(wraps, source, out);
        out.joined = undone;
        return undone;
    }

    /** What is no encoding of the text around it does not count as one. */
    private boolean undoLightly(Unescaper unescaper, View source, View out) {
        boolean undone = undo(unescaper, source, out);
        out.depth = source.depth;
        out.backslashesOnly = source.backslashesOnly;
        out.allSeen = source.allSeen;
        out.joined = source.joined;
        return undone;
    }

    private boolean undo(Unescaper unescaper, View source, View out) {
        out.begin(source, source.length);
        boolean undone = unescaper.undo(source, out, dropOpen);
        if (!undone) {
            out.wipe();
        }
        return undone;
    }

    /** Where the earliest escape begins within which {@code source} ends; its length when there is none. */
    int open(View source, View scratch) {
        int open = source.length;
        for (Unescaper unescaper : new Unescaper[] {backslashes, percents, references, unseen}) {
            undo(unescaper, source, scratch);
            scratch.wipe();
            open = Math.min(open, unescaper.open());
        }
        return open;
    }
}
