package dev.tacet.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What JMH runs: JVMs of their own, warm-up and rounds are its work. Its own score, the time of a round of both lanes, says
 * nothing; each lane's share is in the counters.
 */
@State(Scope.Thread)
public class PairBenchmark {
    /** The name of a point. */
    @Param("exact-clean")
    public String point = "";

    /** How long each lane goes on alone before they take turns. */
    @Param("0")
    public int warmUpMillis;

    private Pair pair = new Pair(new MemoryScan(new byte[0][]), new MemoryScan(new byte[0][]));

    /** Sums over one iteration of JMH. Times are nanoseconds, or what else a lane measures. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counters {
        public long baseTime;
        public long baseOperations;
        public long baseBytes;
        public long subjectTime;
        public long subjectOperations;
        public long subjectBytes;
        public long subjectAllocated;
    }

    @Setup
    public void open() {
        pair = Points.named(point).pair().get();
        pair.warmUp(warmUpMillis * 1_000_000L);
    }

    @Benchmark
    public void round(Counters counters, Blackhole blackhole) {
        pair.round(counters);
        blackhole.consume(pair.checksum());
    }

    @TearDown
    public void close() {
        pair.close();
    }
}
