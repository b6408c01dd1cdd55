package dev.tacet.benchmarks;

import java.util.function.Supplier;

/** Makes something anew, as a rotation does; one operation a pass. */
final class Rebuild extends Lane {
    private final Supplier<?> build;

    Rebuild(Supplier<?> build) {
        super(1, 0);
        this.build = build;
    }

    @Override
    long pass() {
        return System.identityHashCode(build.get());
    }
}
