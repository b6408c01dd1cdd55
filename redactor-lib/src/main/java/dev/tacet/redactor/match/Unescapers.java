package dev.tacet.redactor.match;

/** One of each kind. Each reads one view into an empty other one, and answers whether that is worth a look. Reused, by one thread at a time. */
final class Unescapers {
    private final Backslashes backslashes = new Backslashes();
    private final Percents percents = new Percents();
    private final References references = new References();
    private final Unseen unseen = new Unseen();

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

    /** What is not seen is no encoding, and does not count as one. */
    boolean unseen(View source, View out) {
        boolean undone = undo(unseen, source, out);
        out.depth = source.depth;
        out.backslashesOnly = source.backslashesOnly;
        return undone;
    }

    private static boolean undo(Unescaper unescaper, View source, View out) {
        out.begin(source, source.length);
        boolean undone = unescaper.undo(source, out);
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
