package dev.tacet.benchmarks;

import java.util.List;
import org.openjdk.jmh.annotations.Mode;

/**
 * How long to measure.
 *
 * @param mode {@code AverageTime}: turns are taken until a round's time is over; {@code SingleShotTime}: a round is one turn
 * @param forks how many JVMs, one after the other
 * @param warmUpMillis how long each lane goes on alone before they take turns
 * @param warmUps how many rounds do not count
 * @param rounds how many do, in each JVM
 * @param millis how long a round is, at least
 * @param jvmArguments for these JVMs
 */
record Effort(Mode mode, int forks, int warmUpMillis, int warmUps, int rounds, int millis, List<String> jvmArguments) {
    /** Soon all of it has been used once: memory that a JVM touches for the first time costs more than the work done in it. */
    private static final String SMALL_YOUNG_GENERATION = "-Xmn64m";

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
            case PROMISED -> quick ? timed(2, 1500, 5) : timed(5, 2000, 10);
            case SPEED -> quick ? timed(1, 1500, 5) : timed(2, 2000, 12);
            case ADVERSARY -> quick ? timed(1, 1200, 3) : timed(1, 1200, 5);
            case TAIL -> single(1, 2, quick ? 3 : 8, SMALL_YOUNG_GENERATION);
            case HEAP -> single(quick ? 1 : 3, 0, 2, "-XX:+UseSerialGC", "-XX:-UseTLAB");
        };
    }

    private static Effort timed(int forks, int warmUpMillis, int rounds) {
        return new Effort(Mode.AverageTime, forks, warmUpMillis, 2, rounds, 100, List.of(SMALL_YOUNG_GENERATION));
    }

    private static Effort single(int forks, int warmUps, int rounds, String... jvmArguments) {
        return new Effort(Mode.SingleShotTime, forks, 0, warmUps, rounds, 0, List.of(jvmArguments));
    }

    /** The same in one JVM, for as many seconds: for whoever wants to look at it with a profiler. */
    Effort during(int seconds) {
        return new Effort(mode, 1, warmUpMillis, warmUps, seconds, 1000, jvmArguments);
    }

    /** As little as shows that it works at all, in this very JVM. */
    static Effort smoke() {
        return new Effort(Mode.SingleShotTime, 0, 0, 0, 1, 0, List.of());
    }
}
