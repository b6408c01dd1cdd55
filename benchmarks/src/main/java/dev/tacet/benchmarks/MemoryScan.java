package dev.tacet.benchmarks;

/** The floor: a plain loop that sums the bytes. Whoever looks at every byte needs at least about this. */
final class MemoryScan extends Lane {
    private final byte[][] lines;

    MemoryScan(byte[][] lines) {
        super(lines.length, size(lines));
        this.lines = lines;
    }

    @Override
    long warmUp(long usual) {
        return usual / 10;
    }

    @Override
    long pass() {
        long sum = 0;
        for (byte[] line : lines) {
            sum += sum(line);
        }
        return sum;
    }

    private static int sum(byte[] line) {
        int sum = 0;
        for (byte b : line) {
            sum += b;
        }
        return sum;
    }
}
