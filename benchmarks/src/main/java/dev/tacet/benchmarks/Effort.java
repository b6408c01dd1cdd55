package dev.tacet.benchmarks;

import java.util.List;
import org.openjdk.jmh.annotations.Mode;

/**
 * How long to measure.
 *
 * @param mode {@code AverageTime}: turns are taken until a round's time is over; {@code SingleShotTime}: a round is one turn
 * @param forks how many JVMs, one after the other
 * @param warmups how many rounds do not count
 * @param rounds how many do, in each JVM
 * @param millis how long a round is, at least
 * @param jvmArguments for these JVMs
 */
record Effort(Mode mode, int forks, int warmups, int rounds, int millis, List<String> jvmArguments) {
    Effort {
        jvmArguments = List.copyOf(jvmArguments);
    }

    /** What kinds of points there are, by what they take. */
    enum Kind {
        /** A ratio that was promised: more JVMs, because each compiles a little otherwise. */
        PROMISED,
        /** Any other. */
        SPEED,
        /** One of dozens that are alike. */
        ADVERSARY,
        /** A round of it takes seconds by itself. */
        TAIL,
        /** Exact after one round, given the right collector. */
        HEAP
    }

    static Effort of(Kind kind, boolean quick) {
        return switch (kind) {
            case PROMISED -> quick ? timed(2, 5, 5) : timed(5, 6, 10);
            case SPEED -> quick ? timed(1, 5, 6) : timed(2, 6, 12);
            case ADVERSARY -> quick ? timed(1, 2, 3) : timed(1, 3, 8);
            case TAIL -> single(1, 1, quick ? 3 : 8);
            case HEAP -> single(quick ? 1 : 3, 0, 2, "-XX:+UseSerialGC", "-XX:-UseTLAB");
        };
    }

    private static Effort timed(int forks, int warmups, int rounds) {
        return new Effort(Mode.AverageTime, forks, warmups, rounds, 100, List.of());
    }

    private static Effort single(int forks, int warmups, int rounds, String... jvmArguments) {
        return new Effort(Mode.SingleShotTime, forks, warmups, rounds, 0, List.of(jvmArguments));
    }

    /** The same in one JVM, for as many seconds: for whoever wants to look at it with a profiler. */
    Effort during(int seconds) {
        return new Effort(mode, 1, warmups, seconds, 1000, jvmArguments);
    }

    /** As little as shows that it works at all, in this very JVM. */
    static Effort smoke() {
        return new Effort(Mode.SingleShotTime, 0, 0, 1, 0, List.of());
    }
}
