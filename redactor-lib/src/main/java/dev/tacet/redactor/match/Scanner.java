package dev.tacet.redactor.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a text once, sixteen bytes at a time, for what may be a form or a clue, and for what may be an escape. Immutable.
 *
 * <p>Not every place is looked at. A form or clue of at least {@value #LEAST} bytes is found by the four bytes at four places in a row,
 * one of which falls on a multiple of four. Shorter ones cost a second look, when there are any.
 */
final class Scanner {
    /** How many bytes are looked at together. */
    static final int GRAM = 4;

    /** How far one place that is looked at is from the next. */
    static final int STRIDE = 4;

    /** The fewest bytes of what is found by the first look. */
    static final int LEAST = STRIDE + GRAM - 1;

    private static final int STEP = 4 * STRIDE;

    /** As many steps as have a bit each in a number that is not negative. */
    private static final int ROUND = 63 * STEP;

    private static final int CLUE = 1;

    final Secrets secrets;
    private final List<Form> forms;
    private final ClueList clues;
    private final Grams grams;
    private final @Nullable Grams everywhere;
    private final Workplaces workplaces = new Workplaces(this);

    /**
     * A scanner.
     *
     * @param grams what the first look finds
     * @param everywhere what is too short for that; null when nothing is
     */
    Scanner(Secrets secrets, List<Form> forms, ClueList clues, Grams grams, @Nullable Grams everywhere) {
        this.secrets = secrets;
        this.forms = forms;
        this.clues = clues;
        this.grams = grams;
        this.everywhere = everywhere;
    }

    /** The number by which tables refer to a form. */
    static int ofForm(int index) {
        return index << 1;
    }

    /** The number by which tables refer to a clue. */
    static int ofClue(int index) {
        return index << 1 | CLUE;
    }

    /** What tells how texts may end within a form. */
    Beginnings beginnings() {
        return new Beginnings(secrets, forms);
    }

    /** Where searches of this scanner come from. */
    Workplaces workplaces() {
        return workplaces;
    }

    /**
     * Looks through the first {@code length} bytes of {@code bytes}, which are those of {@code search}'s view when there is a search, and
     * after which nothing follows when there is none.
     *
     * @return the search given; a new one when there was none and something has to be looked at closer; null when nothing has
     */
    @Nullable
    Search scan(byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        // Nearly every text has line breaks at its end. They are no escapes, and no form or clue has any there.
        int end = Cuts.textEnd(bytes, length);
        // The last step overlaps the one before, so that each place is in one.
        int last = (end - STEP) & -STRIDE;
        boolean escapes;
        if (last < 0) {
            escapes = Escapes.kinds(bytes, end) != 0;
            search = closer(0, end, bytes, length, search);
        } else {
            long ends = pass(bytes, last, last + 1);
            escapes = ends < 0 || Escapes.mayEnd(bytes, end);
            for (int from = 0; from < last; from += ROUND) {
                int to = Math.min(last, from + ROUND);
                long seen = pass(bytes, from, to);
                escapes |= seen < 0;
                if ((seen & Long.MAX_VALUE) != 0) {
                    search = closer(seen, from, to, bytes, length, search);
                }
            }
            if ((ends & 1) != 0) {
                search = closer(last, end, bytes, length, search);
            }
        }
        if (everywhere != null) {
            search = again(everywhere, bytes, length, search);
        }
        int kinds = escapes ? Escapes.kinds(bytes, length) : 0;
        if (kinds != 0) {
            search = search == null ? workplaces.take(bytes, length, true) : search;
            search.unescape(kinds);
        }
        return search;
    }

    /**
     * The loop that all depends on, without a branch or a call that is not inlined.
     *
     * @return a bit for each step in which something may stand, the last step's the lowest; negative when there may be escapes
     */
    private long pass(byte[] bytes, int from, int to) {
        int[] bits = grams.filter().bits;
        int shift = grams.filter().shift;
        int factor = secrets.factor;
        long escapes = 0;
        long steps = 0;
        for (int i = from; i < to; i += STEP) {
            long left = Words.eight(bytes, i);
            long right = Words.eight(bytes, i + 2 * STRIDE);
            escapes |= Escapes.mayBe(left) | Escapes.mayBe(right);
            int first = (int) left * factor;
            int second = (int) (left >>> Integer.SIZE) * factor;
            int third = (int) right * factor;
            int fourth = (int) (right >>> Integer.SIZE) * factor;
            int some = (bits[first >>> shift] >>> (first >>> GramFilter.BIT))
                    | (bits[second >>> shift] >>> (second >>> GramFilter.BIT))
                    | (bits[third >>> shift] >>> (third >>> GramFilter.BIT))
                    | (bits[fourth >>> shift] >>> (fourth >>> GramFilter.BIT));
            steps = steps << 1 | (some & 1);
        }
        return Escapes.are(escapes) ? steps | Long.MIN_VALUE : steps;
    }

    private @Nullable Search closer(long seen, int from, int to, byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        int steps = (to - from + STEP - 1) / STEP;
        for (long some = seen & Long.MAX_VALUE; some != 0; some &= ~Long.highestOneBit(some)) {
            int place = from + STEP * (steps + Long.numberOfLeadingZeros(some) - Long.SIZE);
            search = closer(place, Math.min(place + STEP, to), bytes, length, search);
        }
        return search;
    }

    private @Nullable Search closer(int from, int to, byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        for (int place = from; place < to && place + GRAM <= length; place += STRIDE) {
            int hash = secrets.hash(bytes, place);
            if (grams.filter().mayHold(hash)) {
                search = look(grams.table(), hash, place, bytes, length, search);
            }
        }
        return search;
    }

    /** The second look, at each place. */
    private @Nullable Search again(Grams some, byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        GramFilter again = some.filter();
        for (int place = 0; place + GRAM <= length; place++) {
            int hash = secrets.hash(bytes, place);
            if (again.mayHold(hash)) {
                search = look(some.table(), hash, place, bytes, length, search);
            }
        }
        return search;
    }

    private @Nullable Search look(
            GramTable table, int hash, int place, byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        int last = table.last(hash);
        for (int i = table.first(hash); i < last; i++) {
            int reference = table.reference(i);
            int number = reference >>> GramTable.OFFSET_BITS;
            int start = place - (reference & ((1 << GramTable.OFFSET_BITS) - 1));
            if ((number & CLUE) == 0) {
                search = form(forms.get(number >> 1), start, bytes, length, search);
            } else if (clues.isAt(number >> 1, start, bytes, length, secrets)) {
                search = search == null ? workplaces.take(bytes, length, true) : search;
                search.clue(start, clues.coding(number >> 1));
            }
        }
        return search;
    }

    private @Nullable Search form(Form form, int start, byte[] bytes, int length, @Nullable Search given) {
        if (start < 0 || start + form.least() > length || !form.mayBeAt(bytes, start, secrets)) {
            return given;
        }
        Search search = given == null ? workplaces.take(bytes, length, true) : given;
        search.form(form, start);
        return search;
    }
}
