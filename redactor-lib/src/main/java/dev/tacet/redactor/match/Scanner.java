package dev.tacet.redactor.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a text once, eight bytes at a time, for what may be a form or a clue, and for what may be an escape. Immutable.
 *
 * <p>Not every place is looked at. A form or clue of at least {@value #WIDE_LEAST} bytes is in the wide table by the eight bytes at
 * eight places in a row, one of which falls on a multiple of eight; one of at least {@value #NARROW_LEAST} is in the narrow table
 * by the four bytes at four places in a row. Shorter forms, which only values have that must be looked for though they are short, cost a second
 * look at every byte, when there are any.
 */
final class Scanner {
    static final int WIDE = 8;
    static final int WIDE_LEAST = 2 * WIDE - 1;
    static final int NARROW = 4;
    static final int NARROW_LEAST = 2 * NARROW - 1;

    private static final int CLUE = 1;

    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long BACKSLASH = '\\' * ONES;
    private static final long PERCENT = '%' * ONES;
    private static final long AND = '&' * ONES;
    private static final long ESCAPE = 0x1b * ONES;

    final Secrets secrets;
    private final List<Form> forms;
    private final ClueList clues;
    private final GramTable narrow;
    private final GramTable wide;
    private final @Nullable GramTable tiny;
    private final Workplaces workplaces = new Workplaces(this);

    Scanner(
            Secrets secrets,
            List<Form> forms,
            ClueList clues,
            GramTable narrow,
            GramTable wide,
            @Nullable GramTable tiny) {
        this.secrets = secrets;
        this.forms = forms;
        this.clues = clues;
        this.narrow = narrow;
        this.wide = wide;
        this.tiny = tiny;
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
     * Looks through the first {@code length} bytes of {@code bytes}, which are those of {@code search}'s view when there is a search.
     *
     * @return the search given; a new one when there was none and something has to be looked at closer; null when nothing has
     */
    @Nullable
    Search scan(byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        long[] narrowFilter = narrow.filter;
        long[] wideFilter = wide.filter;
        int narrowShift = narrow.shift;
        int wideShift = wide.shift;
        int narrowFactor = secrets.narrow;
        long wideFactor = secrets.wide;
        long backslashes = 0;
        long percents = 0;
        long references = 0;
        long unseen = 0;
        int i = 0;
        for (int last = length - WIDE; i <= last; i += WIDE) {
            long word = Words.eight(bytes, i);
            // A byte that is zero borrows from the top bit. So may the one above it, and bytes above 0x7f have it set:
            // too
            // much is seen then, never too little.
            backslashes |= (word ^ BACKSLASH) - ONES;
            percents |= (word ^ PERCENT) - ONES;
            references |= (word ^ AND) - ONES;
            unseen |= word | ((word ^ ESCAPE) - ONES);
            int first = (int) word * narrowFactor;
            int second = (int) (word >>> 32) * narrowFactor;
            int both = (int) ((word * wideFactor) >>> 32);
            int firstBit = first >>> narrowShift;
            int secondBit = second >>> narrowShift;
            int bothBit = both >>> wideShift;
            long seen = (narrowFilter[firstBit >>> 6] >>> firstBit)
                    | (narrowFilter[secondBit >>> 6] >>> secondBit)
                    | (wideFilter[bothBit >>> 6] >>> bothBit);
            if ((seen & 1) != 0) {
                search = closer(narrow, first, i, bytes, length, search);
                search = closer(narrow, second, i + NARROW, bytes, length, search);
                search = closer(wide, both, i, bytes, length, search);
            }
        }
        if (i + NARROW <= length) {
            search = closer(narrow, secrets.narrow(bytes, i), i, bytes, length, search);
        }
        for (; i < length; i++) {
            long word = bytes[i] & 0xff;
            backslashes |= word == '\\' ? TOPS : 0;
            percents |= word == '%' ? TOPS : 0;
            references |= word == '&' ? TOPS : 0;
            unseen |= word >= 0x80 || word == 0x1b ? TOPS : 0;
        }
        if (tiny != null) {
            search = everywhere(tiny, bytes, length, search);
        }
        if (((backslashes | percents | references | unseen) & TOPS) == 0) {
            return search;
        }
        search = search == null ? workplaces.take(bytes, length) : search;
        search.unescape(
                (backslashes & TOPS) != 0, (percents & TOPS) != 0, (references & TOPS) != 0, (unseen & TOPS) != 0);
        return search;
    }

    private @Nullable Search everywhere(GramTable table, byte[] bytes, int length, @Nullable Search given) {
        Search search = given;
        for (int i = 0; i + NARROW <= length; i++) {
            int hash = secrets.narrow(bytes, i);
            int bit = hash >>> table.shift;
            if (((table.filter[bit >>> 6] >>> bit) & 1) != 0) {
                search = closer(table, hash, i, bytes, length, search);
            }
        }
        return search;
    }

    private @Nullable Search closer(
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
                search = search == null ? workplaces.take(bytes, length) : search;
                search.clue(start, clues.coding(number >> 1));
            }
        }
        return search;
    }

    private @Nullable Search form(Form form, int start, byte[] bytes, int length, @Nullable Search given) {
        if (start < 0 || start + form.least() > length || !form.mayBeAt(bytes, start, secrets)) {
            return given;
        }
        Search search = given == null ? workplaces.take(bytes, length) : given;
        search.form(form, start);
        return search;
    }
}
