package dev.tacet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/** Measures, then prints the table to standard output; whatever else there is to say goes to standard error. */
public final class Main {
    private Main() {}

    /** What {@code benchmarks/run} was called with; it says what the options mean. */
    private record Options(boolean quick, List<String> only, int seconds, List<String> profilers, Path rows, Path all) {

        static Options of(String[] arguments) {
            boolean quick = false;
            int seconds = 0;
            List<String> only = new ArrayList<>();
            List<String> profilers = new ArrayList<>();
            Path rows = Path.of("rows.md");
            Path all = Path.of("all.md");
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--quick" -> quick = true;
                    case "--only" -> only.add(arguments[++i]);
                    case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
                    case "--prof" -> profilers.add(arguments[++i]);
                    case "--rows" -> rows = Path.of(arguments[++i]);
                    case "--all" -> all = Path.of(arguments[++i]);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            return new Options(quick, only, seconds, profilers, rows, all);
        }

        List<Point> points() {
            Set<Point> wanted = new LinkedHashSet<>();
            for (Point point : Points.all()) {
                if (only.isEmpty() ? point.quick() || !quick : names(point.name())) {
                    wanted.add(point);
                    if (point.section() == Point.Section.ADVERSARY) {
                        wanted.add(Points.named(AdversaryPoints.CLEAN));
                    }
                }
            }
            return List.copyOf(wanted);
        }

        private boolean names(String point) {
            return only.stream().anyMatch(name -> point.equals(name) || point.startsWith(name + "-"));
        }

        Effort effort(Point point) {
            Effort effort = Effort.of(point.kind(), quick);
            return seconds > 0 ? effort.during(seconds) : effort;
        }
    }

    public static void main(String[] arguments) throws RunnerException, IOException {
        if (List.of(arguments).contains("--list")) {
            Points.all().forEach(point -> System.out.println(point.name() + "\t" + point.what() + ", " + point.on()));
            return;
        }
        Options options = Options.of(arguments);
        List<Point> points = options.points();
        if (points.isEmpty()) {
            System.err.println("no point is called, or begins with, any of " + options.only() + "; --list shows them");
            System.exit(2);
        }
        long began = System.nanoTime();
        Table table = new Table();
        try {
            measure(points, options, table);
        } finally {
            // Also when a point failed: the others took minutes.
            print(table, options);
        }
        System.out.printf(
                Locale.ROOT,
                "%nJDK %s, %s, %d cores of %s; %d points in %d minutes.%n",
                Runtime.version(),
                System.getProperty("java.vm.name"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                points.size(),
                Math.round((System.nanoTime() - began) / 60e9));
    }

    private static void measure(List<Point> points, Options options, Table table) throws RunnerException {
        Jmh jmh = new Jmh(options.profilers());
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            Table.Row row = new Table.Row(point, jmh.measure(point, options.effort(point)));
            table.add(row);
            System.err.printf(Locale.ROOT, "[%d/%d] %-20s %s%n", i + 1, points.size(), point.name(), table.line(row));
        }
    }

    private static void print(Table table, Options options) throws IOException {
        List<String> last = Files.exists(options.rows()) ? Files.readAllLines(options.rows()) : List.of();
        Files.writeString(options.all(), table.print(true, last) + "\n" + table.printRecall());
        System.out.print(table.print(!options.only().isEmpty(), last));
    }
}
