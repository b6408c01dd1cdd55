package dev.tacet.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/** All rows of the table, in order. */
final class Points {
    private static final List<Point> ALL = Stream.of(
                    SpeedPoints.all(), AdversaryPoints.all(), LogbackPoints.all(), RotationPoints.all())
            .flatMap(List::stream)
            .toList();

    private Points() {}

    static List<Point> all() {
        return ALL;
    }

    static Point named(String name) {
        return ALL.stream()
                .filter(point -> point.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no point is called " + name));
    }
}
