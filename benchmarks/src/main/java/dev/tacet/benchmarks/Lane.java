package dev.tacet.benchmarks;

/**
 * One thing to measure, over data of its own. A pass goes through all of the data once.
 *
 * <p>Each kind has its own loop over the data, in its own class: one loop that calls this or that contender through an
 * interface would measure the JVM's guesses at the call.
 */
abstract class Lane implements AutoCloseable {
    private final int operations;
    private final long bytes;
    private long checksum;

    /**
     * @param operations how many lines, events or builds a pass is
     * @param bytes how many bytes they are; 0 when that says nothing
     */
    Lane(int operations, long bytes) {
        this.operations = operations;
        this.bytes = bytes;
    }

    final int operations() {
        return operations;
    }

    final long bytes() {
        return bytes;
    }

    /** The sum of all passes: handed on, so that the JVM cannot find any of them to be without effect. */
    final long checksum() {
        return checksum;
    }

    /** How long to warm this up, in nanoseconds, where {@code usual} is what most things take. */
    long warmUp(long usual) {
        return usual;
    }

    /** Called before each pass, and not measured. */
    void prepare() {}

    /** One pass. The sum of whatever came out. */
    abstract long pass();

    /** One pass; nanoseconds, unless the lane measures something else. */
    long measure() {
        long start = System.nanoTime();
        checksum += pass();
        return System.nanoTime() - start;
    }

    @Override
    public void close() {}

    static long size(byte[][] lines) {
        long size = 0;
        for (byte[] line : lines) {
            size += line.length;
        }
        return size;
    }
}
