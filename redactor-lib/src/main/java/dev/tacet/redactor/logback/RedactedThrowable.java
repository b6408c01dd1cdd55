package dev.tacet.redactor.logback;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;

/**
 * Stands for a throwable whose texts may hold secrets: says what the other said, masked. Of another class, which is the price: what
 * groups errors by {@code getClass()} has to ask the proxy for the class name.
 */
final class RedactedThrowable extends Throwable {
    private static final long serialVersionUID = 1L;

    private final String text;

    private RedactedThrowable(String message, String text, StackTraceElement[] frames) {
        super(message);
        this.text = text;
        setStackTrace(frames);
    }

    /** Of one throwable alone; whoever made it adds cause and suppressed. */
    static RedactedThrowable of(IThrowableProxy proxy, Masking masking) {
        StackTraceElementProxy[] steps = proxy.getStackTraceElementProxyArray();
        StackTraceElement[] frames = new StackTraceElement[steps == null ? 0 : steps.length];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = steps[i].getStackTraceElement();
        }
        String message = proxy.getMessage();
        return new RedactedThrowable(
                message == null ? "" : masking.masked(message),
                masking.masked(() -> said(proxy)),
                masking.masked(frames));
    }

    private static String said(IThrowableProxy proxy) {
        if (proxy instanceof ThrowableProxy local && local.getThrowable() != null) {
            return local.getThrowable().toString();
        }
        return proxy.getMessage() == null ? proxy.getClassName() : proxy.getClassName() + ": " + proxy.getMessage();
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // it begins with the name of the other's class
    public String toString() {
        return text;
    }
}
