package dev.tacet.benchmarks;

/**
 * Two lanes that take turns, A, B, A, B, so that whatever else the machine does slows both: what is compared is their ratio.
 *
 * @param base what the subject is compared with
 * @param subject what is measured
 */
record Pair(Lane base, Lane subject) implements AutoCloseable {

    /** One turn of each. */
    void round(PairBenchmark.Counters counters) {
        base.prepare();
        counters.baseTime += base.measure();
        subject.prepare();
        long allocated = Allocation.ofThisThread();
        counters.subjectTime += subject.measure();
        counters.subjectAllocated += Allocation.ofThisThread() - allocated;
        counters.baseOperations += base.operations();
        counters.baseBytes += base.bytes();
        counters.subjectOperations += subject.operations();
        counters.subjectBytes += subject.bytes();
    }

    @Override
    public void close() {
        base.close();
        subject.close();
    }
}
