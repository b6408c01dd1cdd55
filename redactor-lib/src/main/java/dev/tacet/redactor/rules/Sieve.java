package dev.tacet.redactor.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells of most texts, at about the cost of reading them, that a regex is not in them; of the others it says <em>perhaps</em>, and the regex has to run.
 *
 * <p>It may be wrong in that direction alone, and so may leave out what is dear: each step of the way here, {@link RegexSyntax} with its boundaries and characters
 * beyond ASCII, and long counts below, lets more texts through than the regex does, never fewer. Texts have to be UTF-8.
 *
 * <p>An automaton whose states are made when a text first leads to them (a rule file has hundreds of regexes, of which logs meet a few dozen states each). For any
 * number of threads: a row of the table that is not filled in yet reads as zero, and whoever reads that takes the lock.
 */
final class Sieve {
    /** What is counted to more than this is counted to this, and any number may follow. */
    private static final int COUNTED = 24;

    /** Optional things of more than so many are any number. */
    private static final int OPTIONAL = 4;

    private static final int MOST_NODES = 4_000;
    private static final int MOST_STATES = 1_000;

    /** In the table: not made yet. */
    private static final int UNKNOWN = 0;

    /** In the table, and as a node: the regex is there. */
    private static final int FOUND = 1;

    // Nodes: what byte leads on, and to which; no byte for one that leads on without any, to one or two.
    private final List<BitSet> sets = new ArrayList<>();
    private final List<int[]> nexts = new ArrayList<>();
    private final byte[] classOf = new byte[256];
    private final int classes;
    private final List<Integer> representatives = new ArrayList<>();
    private final BitSet start = new BitSet();
    // What leaves the start state as it is.
    private final boolean[] quiet = new boolean[256];

    private final ReentrantLock making = new ReentrantLock();
    // Guarded by the lock: the nodes of each state, and its row.
    private final List<BitSet> states = new ArrayList<>();
    private final Map<BitSet, Integer> rows = new HashMap<>();
    private final int startRow;
    // A row a state, of a column a class; entries are added under the lock, and read without it.
    private volatile int[] table;

    private Sieve(Regex regex) {
        node(new BitSet(), new int[0]); // nothing has the number of UNKNOWN
        node(new BitSet(), new int[0]);
        closure(compile(regex, FOUND), start);
        this.classes = classes();
        this.table = new int[32 * classes];
        states.add(new BitSet());
        states.add(new BitSet());
        this.startRow = row(start);
        for (int b = 0; b < 256; b++) {
            int one = b;
            quiet[b] = start.stream().noneMatch(node -> sets.get(node).get(one));
        }
    }

    /** A sieve for a regex; empty when it is of no use, or in a syntax that is not known. */
    static Optional<Sieve> of(String regex) {
        Optional<Regex> read = RegexSyntax.read(regex).map(Regex::withoutHead);
        if (read.isEmpty() || read.get().isNullable() || size(read.get()) > MOST_NODES) {
            return Optional.empty();
        }
        return Optional.of(new Sieve(read.get()));
    }

    /** False when no part of the bytes between two places matches. */
    boolean mayMatch(byte[] in, int from, int end) {
        int[] rowsNow = table;
        int state = startRow;
        int i = from;
        while (i < end) {
            if (state == startRow) {
                while (i < end && quiet[in[i] & 0xff]) {
                    i++;
                }
                if (i == end) {
                    return false;
                }
            }
            int column = classOf[in[i] & 0xff] & 0xff;
            int next = rowsNow[state + column];
            if (next <= FOUND) {
                next = next == FOUND ? FOUND : make(state, column);
                if (next == FOUND) {
                    return true;
                }
                rowsNow = table;
            }
            state = next;
            i++;
        }
        return false;
    }

    /** Makes the state that a class of bytes leads to from another; {@link #FOUND} also when there are too many. */
    private int make(int from, int column) {
        making.lock();
        try {
            BitSet next = (BitSet) start.clone();
            int b = representatives.get(column);
            states.get(from / classes).stream()
                    .filter(node -> sets.get(node).get(b))
                    .forEach(node -> closure(nexts.get(node)[0], next));
            int row = next.get(FOUND) ? FOUND : row(next);
            if (row != UNKNOWN) {
                table[from + column] = row;
            }
            return row == UNKNOWN ? FOUND : row;
        } finally {
            making.unlock();
        }
    }

    /** The row of a state; {@link #UNKNOWN} when there are too many. */
    private int row(BitSet nodes) {
        Integer known = rows.get(nodes);
        if (known != null) {
            return known;
        }
        if (states.size() == MOST_STATES) {
            return UNKNOWN;
        }
        int row = states.size() * classes;
        if (row + classes > table.length) {
            table = Arrays.copyOf(table, 2 * table.length);
        }
        states.add(nodes);
        rows.put(nodes, row);
        return row;
    }

    private int node(BitSet set, int[] next) {
        sets.add(set);
        nexts.add(next);
        return sets.size() - 1;
    }

    /** The node at which {@code regex} begins that leads on to {@code next}. */
    private int compile(Regex regex, int next) {
        if (regex instanceof Regex.Bytes bytes) {
            return node(bytes.set(), new int[] {next});
        }
        if (regex instanceof Regex.Sequence sequence) {
            int first = next;
            for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                first = compile(sequence.parts().get(i), first);
            }
            return first;
        }
        if (regex instanceof Regex.Choice choice) {
            int first = compile(choice.options().get(0), next);
            for (Regex option : choice.options().subList(1, choice.options().size())) {
                first = node(new BitSet(), new int[] {first, compile(option, next)});
            }
            return first;
        }
        return compile((Regex.Repeat) regex, next);
    }

    private int compile(Regex.Repeat repeat, int next) {
        int min = Math.min(repeat.min(), COUNTED);
        int more = repeat.max() < 0 || min < repeat.min() ? -1 : repeat.max() - min;
        int first = next;
        if (more < 0 || more > OPTIONAL) {
            first = node(new BitSet(), new int[] {next, next});
            nexts.get(first)[0] = compile(repeat.body(), first);
        } else {
            for (int i = 0; i < more; i++) {
                first = node(new BitSet(), new int[] {next, compile(repeat.body(), first)});
            }
        }
        for (int i = 0; i < min; i++) {
            first = compile(repeat.body(), first);
        }
        return first;
    }

    /** How many nodes that takes. */
    private static int size(Regex regex) {
        if (regex instanceof Regex.Sequence sequence) {
            return sequence.parts().stream().mapToInt(Sieve::size).sum();
        }
        if (regex instanceof Regex.Choice choice) {
            return choice.options().stream().mapToInt(Sieve::size).sum()
                    + choice.options().size();
        }
        if (regex instanceof Regex.Repeat repeat) {
            // No further once it is too large, or a repeat of repeats would overflow.
            return Math.min(MOST_NODES + 1, size(repeat.body())) * (Math.min(repeat.min(), COUNTED) + OPTIONAL + 1);
        }
        return 1;
    }

    /** Adds the nodes that can be reached from one without a byte and that need a byte, or are {@link #FOUND}. */
    private void closure(int from, BitSet to) {
        BitSet seen = new BitSet();
        List<Integer> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            int node = open.remove(open.size() - 1);
            if (seen.get(node)) {
                continue;
            }
            seen.set(node);
            if (node == FOUND || !sets.get(node).isEmpty()) {
                to.set(node);
            } else {
                for (int next : nexts.get(node)) {
                    open.add(next);
                }
            }
        }
    }

    /** Bytes that no node tells apart are one class. */
    private int classes() {
        Map<BitSet, Integer> known = new HashMap<>();
        for (int b = 0; b < 256; b++) {
            BitSet held = new BitSet();
            for (int node = 0; node < sets.size(); node++) {
                held.set(node, sets.get(node).get(b));
            }
            Integer column = known.get(held);
            if (column == null) {
                column = known.size();
                known.put(held, column);
                representatives.add(b);
            }
            classOf[b] = column.byteValue();
        }
        return known.size();
    }
}
