package dev.tacet.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Hands points to JMH, one at a time. */
final class Jmh {
    private final List<String> profilers;

    /** @param profilers as JMH names them, such as {@code gc} or {@code jfr:dir=target} */
    Jmh(List<String> profilers) {
        this.profilers = List.copyOf(profilers);
    }

    Measured measure(Point point, Effort effort) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + PairBenchmark.class.getName() + "\\.round$")
                .param("point", point.name())
                .param("warmUpMillis", Integer.toString(effort.warmUpMillis()))
                .mode(effort.mode())
                .forks(effort.forks())
                .warmupIterations(effort.warmUps())
                .measurementIterations(effort.rounds())
                .warmupTime(TimeValue.milliseconds(Math.max(1, effort.millis())))
                .measurementTime(TimeValue.milliseconds(Math.max(1, effort.millis())))
                .jvmArgsAppend(arguments(effort).toArray(String[]::new))
                .shouldFailOnError(true)
                .verbosity(profilers.isEmpty() ? VerboseMode.SILENT : VerboseMode.NORMAL);
        for (String profiler : profilers) {
            int colon = profiler.indexOf(':');
            if (colon < 0) {
                options.addProfiler(profiler);
            } else {
                options.addProfiler(profiler.substring(0, colon), profiler.substring(colon + 1));
            }
        }
        return Measured.of(new Runner(options.build()).run());
    }

    private static List<String> arguments(Effort effort) {
        List<String> arguments = new ArrayList<>(effort.jvmArguments());
        if (Runtime.version().feature() >= 23) {
            // JMH reaches for sun.misc.Unsafe, of which newer JVMs warn.
            arguments.add("--sun-misc-unsafe-memory-access=allow");
        }
        return arguments;
    }
}
