package dev.tacet.redactor.logback;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A throwable's proxy over a {@link RedactedThrowable}, with causes and suppressed. A subclass of Logback's, because appenders look for
 * that class. A chain goes {@value #DEEPEST} deep; what is below is left out, and so is what was met before.
 */
final class RedactedThrowableProxy extends ThrowableProxy {
    private static final int DEEPEST = 100;

    private final String className;
    private final boolean hasMessage;
    private final boolean cyclic;
    private final @Nullable IThrowableProxy cause;
    private final IThrowableProxy[] suppressed;

    private RedactedThrowableProxy(
            RedactedThrowable throwable,
            IThrowableProxy original,
            Masking masking,
            @Nullable IThrowableProxy cause,
            IThrowableProxy[] suppressed) {
        super(throwable);
        this.className = masking.masked(original.getClassName());
        this.hasMessage = original.getMessage() != null;
        this.cyclic = original.isCyclic();
        this.cause = cause;
        this.suppressed = suppressed;
    }

    static RedactedThrowableProxy of(IThrowableProxy original, Masking masking) {
        return of(original, masking, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
    }

    private static RedactedThrowableProxy of(
            IThrowableProxy original, Masking masking, Set<IThrowableProxy> met, int depth) {
        met.add(original);
        RedactedThrowable throwable = RedactedThrowable.of(original, masking);
        IThrowableProxy below = original.getCause();
        RedactedThrowableProxy cause =
                below == null || depth == DEEPEST || met.contains(below) ? null : of(below, masking, met, depth + 1);
        if (cause != null) {
            throwable.initCause(cause.getThrowable());
        }
        IThrowableProxy[] beside = original.getSuppressed();
        IThrowableProxy[] suppressed = new IThrowableProxy[depth == DEEPEST || beside == null ? 0 : beside.length];
        for (int i = 0; i < suppressed.length; i++) {
            RedactedThrowableProxy one = of(beside[i], masking, met, depth + 1);
            throwable.addSuppressed(one.getThrowable());
            suppressed[i] = one;
        }
        return new RedactedThrowableProxy(throwable, original, masking, cause, suppressed);
    }

    @Override
    public String getClassName() {
        return className;
    }

    @Override
    public @Nullable String getMessage() {
        return hasMessage ? super.getMessage() : null;
    }

    @Override
    public boolean isCyclic() {
        return cyclic;
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return cause;
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return suppressed;
    }
}
