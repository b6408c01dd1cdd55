package dev.tacet.redactor.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether a text ends within a form: whether its last bytes are the beginning of one. Immutable. */
final class Beginnings {
    /** From so many bytes on a beginning is looked up by its first ones. */
    private static final int LONG = 4;

    private final Secrets secrets;
    private final List<Form> forms;
    private final GramFilter filter;
    private final GramTable byFour;
    // Which one, two, three bytes a form begins with; three by a hash, since a byte kept back too much does no harm.
    private final boolean[] one = new boolean[1 << 8];
    private final boolean[] two = new boolean[1 << 16];
    private final boolean[] three = new boolean[1 << 16];
    private final int longest;

    Beginnings(Secrets secrets, List<Form> forms) {
        this.secrets = secrets;
        this.forms = forms;
        int most = 0;
        GramTable.Builder table = new GramTable.Builder();
        GramFilter.Builder first = new GramFilter.Builder();
        for (int i = 0; i < forms.size(); i++) {
            byte[] head = forms.get(i).beginning(secrets);
            most = Math.max(most, forms.get(i).length);
            table.add(secrets.hash(head, 0), i, 0);
            first.add(secrets.hash(head, 0));
            one[head[0] & 0xff] = true;
            two[twoBytes(head, 0)] = true;
            three[threeBytes(head, 0)] = true;
        }
        this.byFour = table.build();
        this.filter = first.build();
        this.longest = most;
    }

    /** The bytes of the longest form; 0 when there is none. */
    int longest() {
        return longest;
    }

    /** Where the earliest beginning stands with which {@code view} ends; its length when it ends with none. */
    int earliest(View view) {
        byte[] bytes = view.bytes;
        int length = view.length;
        for (int start = Math.max(0, length - longest + 1); start < length; start++) {
            boolean begins = switch (length - start) {
                case 1 -> one[bytes[start] & 0xff];
                case 2 -> two[twoBytes(bytes, start)];
                case 3 -> three[threeBytes(bytes, start)];
                default -> beginning(view, start, length, false) != null;
            };
            if (begins) {
                return start;
            }
        }
        return length;
    }

    /** Adds the earliest beginning with which {@code view} ends and that is long enough to be masked, if any. */
    void cut(View view, HitList hits) {
        for (int start = Math.max(0, view.length - longest + 1); start <= view.length - LONG; start++) {
            Form form = beginning(view, start, view.length, true);
            if (form != null) {
                hits.addValue(view.start(start), view.end(view.length), form.id);
                return;
            }
        }
    }

    /** A form that begins from {@code start} to {@code end}, with enough to be masked if only such are meant; null when there is none. */
    private @Nullable Form beginning(View view, int start, int end, boolean cutOnly) {
        int hash = secrets.hash(view.bytes, start);
        if (!filter.mayHold(hash)) {
            return null;
        }
        int size = end - start;
        for (int i = byFour.first(hash); i < byFour.last(hash); i++) {
            Form form = forms.get(byFour.reference(i) >>> GramTable.OFFSET_BITS);
            boolean wanted = form.length > size && (!cutOnly || (form.cut > 0 && size >= form.cut));
            if (wanted && form.beginsAt(view, start, size, secrets)) {
                return form;
            }
        }
        return null;
    }

    private static int twoBytes(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static int threeBytes(byte[] bytes, int at) {
        return (twoBytes(bytes, at) * 31 + (bytes[at + 2] & 0xff) * 0x9e37) & 0xffff;
    }
}
