package dev.tacet.redactor.match;

/**
 * What may stand at a place of a text, by a hash of some bytes there; a filter before a table. Immutable.
 *
 * @param filter passes the places where {@code table} may hold something
 */
record Grams(GramFilter filter, GramTable table) {

    /** Gathers references. Not for threads to share. */
    static final class Builder {
        private final GramFilter.Builder filter = new GramFilter.Builder();
        private final GramTable.Builder table = new GramTable.Builder();

        /** Adds what is known by {@code number} and has {@code offset} bytes before the place. */
        void add(int hash, int number, int offset) {
            filter.add(hash);
            table.add(hash, number, offset);
        }

        boolean isEmpty() {
            return table.isEmpty();
        }

        Grams build() {
            return new Grams(filter.build(), table.build());
        }
    }
}
