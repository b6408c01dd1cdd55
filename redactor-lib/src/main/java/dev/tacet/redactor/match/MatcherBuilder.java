package dev.tacet.redactor.match;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compiles values into a {@link Matcher}. Not for threads to share.
 *
 * <p>Values often begin alike ({@code hvs.}, {@code -----BEGIN}). So what a form is found by is not its beginning but, of several places
 * spread over it, the one that fewest forms have taken so far: then a place in the input seldom stands for more than one form,
 * with ten thousand values too.
 */
public final class MatcherBuilder {
    private static final int PLACES = 16;
    private static final int LAST_PLACE = (1 << GramTable.OFFSET_BITS) - Scanner.STRIDE;
    private static final int LOAD_BITS = 14;
    private final Secrets secrets;
    private final List<Form> forms = new ArrayList<>();
    private final ClueList clues = new ClueList();
    private final Grams.Builder grams = new Grams.Builder();
    private final Grams.Builder everywhere = new Grams.Builder();
    private final int[] load = new int[1 << LOAD_BITS];
    private final List<Detector> detectors = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();
    private boolean foldCase;

    /** Empty. The seed has to be random and secret: it keeps values out of memory and collisions out of reach. */
    public MatcherBuilder(long seed) {
        this.secrets = new Secrets(seed);
    }

    /** Whether values added from now on may be printed all in lower or all in upper case; those of 16 bytes and more. */
    public void foldCase(boolean fold) {
        this.foldCase = fold;
    }

    /**
     * Adds a value in all its forms. When two values share a form, the one added first keeps it.
     *
     * @param id what {@link Span#id} shall say
     * @param always look for it though it is shorter than is wise
     * @return false when it is too short all the same and will not be looked for
     */
    public boolean add(int id, byte[] value, boolean always) {
        Floors floors = always ? Floors.LOW : Floors.ORDINARY;
        boolean added = Forms.of(value, floors, foldCase, (bytes, cuttable) -> form(id, bytes, cuttable));
        if (added) {
            Clues.of(Forms.body(value), floors, this::clue);
        }
        return added;
    }

    /** Adds what finds tokens by their shape. Its hits bring their own ids. */
    public void add(Detector detector) {
        detectors.add(detector);
    }

    /** The compiled values. The builder is used up. */
    public Matcher build() {
        List<Form> compiled = List.copyOf(forms);
        Scanner scanner =
                new Scanner(secrets, compiled, clues, grams.build(), everywhere.isEmpty() ? null : everywhere.build());
        return new ExactMatcher(scanner, List.copyOf(detectors));
    }

    private void form(int id, byte[] bytes, boolean cuttable) {
        if (!known.add(secrets.fingerprints.of(bytes, 0, bytes.length) ^ (long) bytes.length << Integer.SIZE)) {
            return;
        }
        int cut = Math.max(Floors.CUT, (bytes.length + 1) / 2);
        Form form = new Form(
                id, bytes, cuttable && cut < bytes.length && bytes.length < Floors.CUT_LARGE ? cut : 0, secrets);
        int number = Scanner.ofForm(forms.size());
        forms.add(form);
        int place = form.least() < Scanner.LEAST ? 0 : place(bytes, form.least() - Scanner.LEAST);
        enter(bytes, place, form.least(), number);
    }

    /** By its beginning: there are so many clues that looking for a better place would take most of the time. */
    private void clue(int coding, byte[] bytes) {
        long mix = secrets.mix(bytes, 0, bytes.length);
        if (known.add(mix + coding)) {
            enter(bytes, 0, bytes.length, Scanner.ofClue(clues.add(mix, bytes.length, coding)));
        }
    }

    /** Enters what is known by {@code number} into a table, by some of its first {@code least} bytes, from {@code place} on if there is a choice. */
    private void enter(byte[] bytes, int place, int least, int number) {
        if (least < Scanner.LEAST) {
            everywhere.add(secrets.hash(bytes, 0), number, 0);
            return;
        }
        for (int i = place; i < place + Scanner.STRIDE; i++) {
            grams.add(secrets.hash(bytes, i), number, i);
        }
    }

    /** Of the places up to {@code last} the one whose bytes are rarest so far. */
    private int place(byte[] bytes, int last) {
        int most = Math.min(last, LAST_PLACE);
        int places = Math.min(most, PLACES - 1);
        int best = 0;
        int bestCost = Integer.MAX_VALUE;
        for (int i = 0; i <= places; i++) {
            int place = places == 0 ? 0 : most * i / places;
            int cost = 4 * load[loadAt(bytes, place)] + dullness(bytes, place);
            if (cost < bestCost) {
                best = place;
                bestCost = cost;
            }
        }
        load[loadAt(bytes, best)]++;
        return best;
    }

    private int loadAt(byte[] bytes, int place) {
        return secrets.hash(bytes, place) >>> (Integer.SIZE - LOAD_BITS);
    }

    /** Digits are all over a log, and so are blanks, punctuation, and bytes that repeat themselves. */
    private static int dullness(byte[] bytes, int place) {
        int dull = 0;
        for (int i = 0; i < Scanner.LEAST; i++) {
            byte b = bytes[place + i];
            dull += b >= 0 && b < 'A' ? 1 : 0;
            dull += i > 0 && b == bytes[place + i - 1] ? 1 : 0;
        }
        return dull;
    }
}
