package dev.tacet.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of heap something keeps once it has been built and used. The first measurement of a JVM counts what belongs
 * to its classes too. Exact only with a collector that collects all when asked, the serial one, and when no thread has
 * room of its own put by, which would count as used.
 */
final class HeapUse<T> extends Lane {
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final Function<byte[][], T> buildAndUse;
    private final byte[][] lines;
    private @Nullable T kept;

    /** @param buildAndUse what it gives back is kept; it has been tried on the lines that it is given */
    HeapUse(Function<byte[][], T> buildAndUse, byte[][] lines) {
        super(1, 0);
        this.buildAndUse = buildAndUse;
        this.lines = lines;
    }

    @Override
    long measure() {
        kept = null;
        long before = used();
        kept = buildAndUse.apply(lines);
        return used() - before;
    }

    @Override
    long pass() {
        return System.identityHashCode(kept);
    }

    private long used() {
        // Of four collections the serial collector compacts all in one; the others may leave some of the dead where
        // they lie.
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
