package dev.tacet.redactor.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.MessageFormatter;

/**
 * An event that shows no secret through any of its accessors. Each is computed when it is first asked for, and once.
 *
 * <p>A subclass of Logback's own event, because appenders that send events look for that class. Its setters have no effect. For one
 * thread at a time, as the other is.
 */
final class RedactedEvent extends LoggingEvent {
    private static final Marker PLAIN = new BasicMarkerFactory().getDetachedMarker("plain");

    private final ILoggingEvent original;
    private final Masking masking;
    private @Nullable String message;
    private @Nullable String formatted;
    private Object @Nullable [] rendered;
    private Object @Nullable [] arguments;
    private @Nullable String thread;
    private @Nullable String logger;
    private @Nullable Map<String, String> mdc;
    private @Nullable List<KeyValuePair> pairs;
    private @Nullable List<Marker> markers;
    private @Nullable LoggerContextVO context;
    private @Nullable IThrowableProxy throwable;
    private StackTraceElement @Nullable [] caller;

    RedactedEvent(ILoggingEvent original, Masking masking) {
        this.original = original;
        this.masking = masking;
        // It reads the MDC of the thread that asks first; that has to be the one that logs.
        original.getMDCPropertyMap();
    }

    /** Whether it was masked by that one, here or further in. */
    boolean isBy(Masking other) {
        return masking == other || (original instanceof RedactedEvent inner && inner.isBy(other));
    }

    @Override
    public @Nullable String getMessage() {
        if (message == null) {
            message = masking.mask(original.getMessage());
        }
        return message;
    }

    @Override
    public @Nullable String getFormattedMessage() {
        if (formatted == null && original.getMessage() != null) {
            // The secret may be formed by the formatting only; so what is formatted is what is masked.
            formatted = masking.reported(
                    () -> String.valueOf(MessageFormatter.arrayFormat(original.getMessage(), rendered())
                            .getMessage()),
                    original);
        }
        return formatted;
    }

    private Object @Nullable [] rendered() {
        if (rendered == null) {
            rendered = Arguments.rendered(original.getArgumentArray());
        }
        return rendered;
    }

    @Override
    public Object @Nullable [] getArgumentArray() {
        Object[] all = rendered();
        if (arguments == null && all != null) {
            arguments = all.clone();
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = Arguments.masked(all[i], masking);
            }
        }
        return arguments;
    }

    @Override
    public @Nullable String getThreadName() {
        if (thread == null) {
            thread = masking.mask(original.getThreadName());
        }
        return thread;
    }

    @Override
    public @Nullable String getLoggerName() {
        if (logger == null) {
            logger = masking.mask(original.getLoggerName());
        }
        return logger;
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        Map<String, String> masked = mdc;
        if (masked == null) {
            Map<String, String> properties = original.getMDCPropertyMap();
            masked = properties == null ? Map.of() : masking.masked(properties);
            mdc = masked;
        }
        return masked;
    }

    @Override
    @SuppressWarnings("deprecation") // it is one more accessor
    public Map<String, String> getMdc() {
        return getMDCPropertyMap();
    }

    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        List<KeyValuePair> all = original.getKeyValuePairs();
        if (pairs == null && all != null) {
            List<KeyValuePair> masked = new ArrayList<>();
            for (KeyValuePair pair : all) {
                masked.add(new KeyValuePair(
                        masking.masked(String.valueOf(pair.key)),
                        Arguments.masked(Arguments.rendered(pair.value), masking)));
            }
            pairs = masked;
        }
        return pairs;
    }

    @Override
    public @Nullable List<Marker> getMarkerList() {
        List<Marker> all = original.getMarkerList();
        if (markers == null && all != null) {
            markers = new ArrayList<>(all.stream().map(this::masked).toList());
        }
        return markers;
    }

    /** Names and references alone; a marker of another kind may carry anything. */
    private Marker masked(Marker marker) {
        String text = String.valueOf(Arguments.rendered((Object) marker));
        String masked = masking.masked(text);
        return marker.getClass() == PLAIN.getClass() && masked.equals(text)
                ? marker
                : MarkerFactory.getDetachedMarker(masked);
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        LoggerContextVO masked = context;
        if (masked == null) {
            LoggerContextVO all = original.getLoggerContextVO();
            masked = new LoggerContextVO(
                    all == null ? null : masking.mask(all.getName()),
                    all == null || all.getPropertyMap() == null ? Map.of() : masking.masked(all.getPropertyMap()),
                    all == null ? 0 : all.getBirthTime());
            context = masked;
        }
        return masked;
    }

    @Override
    public long getContextBirthTime() {
        return getLoggerContextVO().getBirthTime();
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        IThrowableProxy proxy = original.getThrowableProxy();
        if (throwable == null && proxy != null) {
            throwable = RedactedThrowableProxy.of(proxy, masking);
        }
        return throwable;
    }

    @Override
    public StackTraceElement[] getCallerData() {
        StackTraceElement[] masked = caller;
        if (masked == null) {
            StackTraceElement[] frames = original.getCallerData();
            masked = frames == null ? new StackTraceElement[0] : masking.masked(frames);
            caller = masked;
        }
        return masked;
    }

    @Override
    public boolean hasCallerData() {
        return original.hasCallerData();
    }

    @Override
    public Level getLevel() {
        return original.getLevel();
    }

    @Override
    public Instant getInstant() {
        return original.getInstant();
    }

    @Override
    public long getTimeStamp() {
        return original.getTimeStamp();
    }

    @Override
    public int getNanoseconds() {
        return original.getNanoseconds();
    }

    @Override
    public long getSequenceNumber() {
        return original.getSequenceNumber();
    }

    /** What depends on the thread that logs is read now. */
    @Override
    public void prepareForDeferredProcessing() {
        original.getThreadName();
        original.getMDCPropertyMap();
        getThreadName();
        getMDCPropertyMap();
        getFormattedMessage();
    }

    @Override
    public String toString() {
        return "[" + getLevel() + "] " + getFormattedMessage();
    }
}
