package dev.tacet.redactor.match;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Searches that wait for their next use, so that a line with escapes costs no allocation either. Not by thread: what hangs on a
 * thread outlives the application in a server. A search that was taken and not given back is only garbage.
 */
final class Workplaces {
    private static final int PLACES = 16;

    private final AtomicReferenceArray<@Nullable Search> waiting = new AtomicReferenceArray<>(PLACES);
    private final Scanner scanner;

    Workplaces(Scanner scanner) {
        this.scanner = scanner;
    }

    Search take(byte[] bytes, int length) {
        int place = place();
        Search search = waiting.getAndSet(place, null);
        if (search == null) {
            search = new Search(scanner);
        }
        search.begin(bytes, length);
        return search;
    }

    void giveBack(Search search) {
        search.end();
        waiting.lazySet(place(), search);
    }

    private static int place() {
        return (int) Thread.currentThread().getId() & (PLACES - 1);
    }
}
