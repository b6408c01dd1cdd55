package dev.tacet.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What came out: of all rounds of all JVMs the median.
 *
 * @param time of one operation of the subject, in nanoseconds or what else its lane measures
 * @param most the same in the round where it was largest
 * @param bytesPerSecond how many bytes the subject goes through; NaN when that says nothing
 * @param ratio subject to base, by the byte when both have bytes, else by the operation
 * @param low the lower quartile of the rounds' ratios
 * @param high the upper quartile
 * @param allocated bytes that one operation of the subject allocates
 */
record Measured(
        double time, double most, double bytesPerSecond, double ratio, double low, double high, double allocated) {

    static Measured of(Collection<RunResult> results) {
        List<Round> rounds = new ArrayList<>();
        results.forEach(result -> result.getBenchmarkResults()
                .forEach(fork -> fork.getIterationResults().forEach(iteration -> rounds.add(Round.of(iteration)))));
        if (rounds.isEmpty()) {
            throw new IllegalStateException("JMH gave no rounds");
        }
        return new Measured(
                quantile(rounds, Round::time, 0.5),
                quantile(rounds, Round::time, 1),
                quantile(rounds, Round::bytesPerSecond, 0.5),
                quantile(rounds, Round::ratio, 0.5),
                quantile(rounds, Round::ratio, 0.25),
                quantile(rounds, Round::ratio, 0.75),
                quantile(rounds, Round::allocated, 0.5));
    }

    private static double quantile(List<Round> rounds, ToDoubleFunction<Round> figure, double share) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private record Round(double time, double bytesPerSecond, double ratio, double allocated) {

        static Round of(IterationResult iteration) {
            double base = counter(iteration, "baseTime");
            double baseBytes = counter(iteration, "baseBytes");
            double subject = counter(iteration, "subjectTime");
            double operations = counter(iteration, "subjectOperations");
            double bytes = counter(iteration, "subjectBytes");
            double ratio = bytes > 0 && baseBytes > 0
                    ? subject / bytes / (base / baseBytes)
                    : subject / operations / (base / counter(iteration, "baseOperations"));
            double speed = bytes > 0 ? bytes / subject * 1e9 : Double.NaN;
            return new Round(subject / operations, speed, ratio, counter(iteration, "subjectAllocated") / operations);
        }

        private static double counter(IterationResult iteration, String name) {
            Result<?> result = iteration.getSecondaryResults().get(name);
            if (result == null) {
                throw new IllegalStateException("JMH gave no " + name);
            }
            return result.getScore();
        }
    }
}
