package dev.tacet.redactor.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a text once, sixteen bytes at a time, for what may be a form or a clue, and for what may be an escape. Immutable.
 *
 * <p>Not every place is looked at. A form or clue of at least {@value #LEAST} bytes is found by the six bytes at eight places in a row,
 * one of which falls on a multiple of eight. Shorter ones cost a second look, when there are any.
 */
final class Scanner {
    /** How many bytes are looked at together: so many that hexadecimal digits with colons are no times of day. */
    static final int GRAM = 6;

    /** How far one place that is looked at is from the next. */
    static final int STRIDE = 8;

    /** The fewest bytes of what is found by the first look. */
    static final int LEAST = STRIDE + GRAM - 1;

    private static final int STEP = 2 * STRIDE;

    /** As many steps as have a bit each in a number that is not negative. */
    private static final int ROUND = 63 * STEP;

    private static final int CLUE = 1;

    final Secrets secrets;
    private final List<Form> forms;
    private final ClueList clues;
    private final GramFilter filter;
    private final GramTable table;
    private final List<SecondLook> seconds;
    private final @Nullable Beginnings ends;
    private final Workplaces workplaces = new Workplaces(this);

    /**
     * A scanner.
     *
     * @param filter passes the places where {@code table} may hold something
     * @param table what the first look finds
     * @param seconds looks for what is too short for that
     * @param ends the forms whose beginning has to be masked although it is too short for the first look; null when none has
     */
    Scanner(
            Secrets secrets,
            List<Form> forms,
            ClueList clues,
            GramFilter filter,
            GramTable table,
            List<SecondLook> seconds,
            @Nullable Beginnings ends) {
        this.secrets = secrets;
        this.forms = forms;
        this.clues = clues;
        this.filter = filter;
        this.table = table;
        this.seconds = seconds;
        this.ends = ends;
    }

    /** The number by which tables refer to a form. */
    static int ofForm(int index) {
        return index << 1;
    }

    /** The number by which tables refer to a clue. */
    static int ofClue(int index) {
        return index << 1 | CLUE;
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
        boolean escapes = false;
        int steps = length & -STEP;
        for (int from = 0; from < steps; from += ROUND) {
            int to = Math.min(steps, from + ROUND);
            long seen = pass(bytes, from, to);
            escapes |= seen < 0;
            for (long some = seen & Long.MAX_VALUE; some != 0; some &= ~Long.highestOneBit(some)) {
                int end = to - STEP * (Long.SIZE - 1 - Long.numberOfLeadingZeros(some));
                search = closer(end - STEP, end, bytes, length, search);
            }
        }
        if (steps < length) {
            search = closer(steps, length, bytes, length, search);
            escapes = escapes || Escapes.mayEnd(bytes, length);
        }
        for (int i = 0; i < seconds.size(); i++) {
            search = again(seconds.get(i), bytes, length, search);
        }
        if (ends != null) {
            search = atEnd(ends, bytes, length, search);
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
        int[] bits = filter.bits;
        int shift = filter.shift;
        long factor = secrets.gramFactor;
        long escapes = 0;
        long steps = 0;
        for (int i = from; i < to; i += STEP) {
            long left = Words.eight(bytes, i);
            long right = Words.eight(bytes, i + STRIDE);
            escapes |= Escapes.mayBe(left) | Escapes.mayBe(right);
            int first = Secrets.gram(left, factor);
            int second = Secrets.gram(right, factor);
            steps = steps << 1 | (((bits[first >>> shift] >>> first) | (bits[second >>> shift] >>> second)) & 1);
        }
        return Escapes.are(escapes) ? steps | Long.MIN_VALUE : steps;
    }

    private @Nullable Search closer(int from, int to, byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        for (int place = from; place < to && place + GRAM <= length; place += STRIDE) {
            int hash = secrets.gram(bytes, place, length);
            if (filter.mayHold(hash)) {
                search = look(table, hash, place, bytes, length, search);
            }
        }
        return search;
    }

    private @Nullable Search again(SecondLook look, byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        GramFilter again = look.filter;
        int stride = look.stride;
        for (int place = 0; place + SecondLook.GRAM <= length; place += stride) {
            int hash = secrets.hash(bytes, place);
            if (again.mayHold(hash)) {
                search = look(look.table, hash, place, bytes, length, search);
            }
        }
        return search;
    }

    private @Nullable Search atEnd(Beginnings cut, byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        if (search != null && !search.view().ends) {
            return search;
        }
        int end = Cuts.textEnd(bytes, length);
        for (int start = end - Floors.CUT; start > end - LEAST && start >= 0; start--) {
            if (cut.mayBeginAt(bytes, start)) {
                search = search == null ? workplaces.take(bytes, length, true) : search;
                search.cut(cut, start, end);
            }
        }
        return search;
    }

    private @Nullable Search look(
            GramTable grams, int hash, int place, byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        int last = grams.last(hash);
        for (int i = grams.first(hash); i < last; i++) {
            int reference = grams.reference(i);
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
