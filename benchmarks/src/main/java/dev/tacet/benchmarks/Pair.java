package dev.tacet.benchmarks;

import java.util.List;

/**
 * Two lanes that take turns, A, B, A, B, so that whatever else the machine does slows both: what is compared is their ratio.
 *
 * <p>Where one goes through its bytes ten times as fast as the other and more, it goes through them several times in a turn:
 * it would else be measured too seldom, and always with the other's data in the processor's caches.
 */
final class Pair implements AutoCloseable {
    private static final int APART = 10;
    private static final long SLICE = 200_000_000;
    private static final double FASTER = 0.95;

    private final Lane base;
    private final Lane subject;
    // How long the last pass of each took.
    private long lastOfBase;
    private long lastOfSubject;

    /**
     * @param base what the subject is compared with
     * @param subject what is measured
     */
    Pair(Lane base, Lane subject) {
        this.base = base;
        this.subject = subject;
    }

    /**
     * Each goes on alone until the JVM has compiled it for good: as long as is usual, and then as long as it still gets faster,
     * up to three times that.
     */
    void warmUp(long usual) {
        for (Lane lane : List.of(base, subject)) {
            warmUp(lane, lane.warmUp(usual));
        }
    }

    private static void warmUp(Lane lane, long usual) {
        double before;
        double now = Double.MAX_VALUE;
        long spent = 0;
        while (spent < 3 * usual) {
            before = now;
            long slice = 0;
            int passes = 0;
            while (slice < SLICE) {
                lane.prepare();
                slice += lane.measure();
                passes++;
            }
            spent += slice;
            now = (double) slice / passes;
            if (spent >= usual && now > FASTER * before) {
                return;
            }
        }
    }

    /** One turn of each. */
    void round(PairBenchmark.Counters counters) {
        long spent = 0;
        do {
            base.prepare();
            lastOfBase = base.measure();
            spent += lastOfBase;
            counters.baseOperations += base.operations();
            counters.baseBytes += base.bytes();
        } while (base.bytes() > 0 && spent * APART < lastOfSubject);
        counters.baseTime += spent;
        spent = 0;
        do {
            subject.prepare();
            long allocated = Allocation.ofThisThread();
            lastOfSubject = subject.measure();
            counters.subjectAllocated += Allocation.ofThisThread() - allocated;
            spent += lastOfSubject;
            counters.subjectOperations += subject.operations();
            counters.subjectBytes += subject.bytes();
        } while (subject.bytes() > 0 && spent * APART < lastOfBase);
        counters.subjectTime += spent;
    }

    /** What came out of all passes, for JMH to consume. */
    long checksum() {
        return base.checksum() + subject.checksum();
    }

    @Override
    public void close() {
        base.close();
        subject.close();
    }
}
