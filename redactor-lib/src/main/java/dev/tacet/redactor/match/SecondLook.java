package dev.tacet.redactor.match;

import org.jspecify.annotations.Nullable;

/** What is too short for the first look, and how far apart the places are that have to be looked at for it. Immutable. */
final class SecondLook {
    /** How many bytes are looked at together. */
    static final int GRAM = 4;

    final int stride;
    final GramFilter filter;
    final GramTable table;

    private SecondLook(int stride, GramFilter filter, GramTable table) {
        this.stride = stride;
        this.filter = filter;
        this.table = table;
    }

    /** Gathers references. Not for threads to share. */
    static final class Builder {
        private final int stride;
        private final GramFilter.Builder filter = new GramFilter.Builder();
        private final GramTable.Builder table = new GramTable.Builder();

        Builder(int stride) {
            this.stride = stride;
        }

        /** The fewest bytes of what is found in this way. */
        int least() {
            return stride + GRAM - 1;
        }

        void add(byte[] bytes, int number, Secrets secrets) {
            for (int i = 0; i < stride; i++) {
                int hash = secrets.hash(bytes, i);
                filter.add(hash);
                table.add(hash, number, i);
            }
        }

        /** Null when there is nothing to look for. */
        @Nullable
        SecondLook build() {
            return table.isEmpty() ? null : new SecondLook(stride, filter.build(), table.build());
        }
    }
}
