package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;

/**
 * A fuzz target: an event of any texts, some of which hold a value, shows the value through no accessor, and none of them throws. The texts are what
 * zero bytes separate; the byte FF in one stands for the value.
 */
public final class EventFuzz {
    private static final String VALUE = "k7Q{}\"\\x%41z\u00e9-s3cr3t";
    private static final Redactor REDACTOR =
            Redactor.builder().secret("s", SecretValue.ofUtf8(VALUE)).build();
    private static final LoggerContext CONTEXT = new LoggerContext();

    private EventFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] texts =
                Arrays.copyOf(new String(input, UTF_8).replace("\ufffd", VALUE).split("\0", 12), 12);
        Masking masking = new Masking(() -> REDACTOR, new LeakSink(List.of(), ""));
        RedactedEvent redacted = new RedactedEvent(event(texts), masking);
        StringBuilder shown = new StringBuilder();
        // Twice: what is remembered shows no more than what is made.
        for (int i = 0; i < 2; i++) {
            shown.append(redacted.getMessage()).append('\n');
            shown.append(redacted.getFormattedMessage()).append('\n');
            shown.append(Arrays.deepToString(redacted.getArgumentArray())).append('\n');
            shown.append(redacted.getThreadName()).append('\n');
            shown.append(redacted.getLoggerName()).append('\n');
            shown.append(redacted.getMDCPropertyMap()).append('\n');
            shown.append(redacted.getKeyValuePairs()).append('\n');
            shown.append(redacted.getMarkerList()).append('\n');
            shown.append(redacted.getLoggerContextVO()).append('\n');
            shown.append(Arrays.toString(redacted.getCallerData())).append('\n');
            IThrowableProxy throwable = redacted.getThrowableProxy();
            shown.append(throwable == null ? "" : ThrowableProxyUtil.asString(throwable))
                    .append('\n');
            shown.append(redacted);
        }
        if (shown.indexOf(VALUE) >= 0) {
            throw new IllegalStateException("the value is left");
        }
        if (masking.placeholders() > 0) {
            throw new IllegalStateException("something failed within");
        }
    }

    private static LoggingEvent event(String[] texts) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(CONTEXT);
        event.setLevel(Level.INFO);
        event.setMessage(texts[0]);
        event.setArgumentArray(new Object[] {texts[1], List.of(String.valueOf(texts[2])), 7, null});
        event.setLoggerName(String.valueOf(texts[3]));
        event.setThreadName(String.valueOf(texts[4]));
        event.setMDCPropertyMap(Map.of(String.valueOf(texts[5]), String.valueOf(texts[6])));
        event.addKeyValuePair(new KeyValuePair(texts[7], texts[8]));
        event.addMarker(new BasicMarkerFactory().getDetachedMarker("m" + texts[9]));
        IllegalStateException thrown = new IllegalStateException(texts[10], new IllegalArgumentException(texts[11]));
        thrown.addSuppressed(new IllegalStateException(texts[9]));
        event.setThrowableProxy(new ThrowableProxy(thrown));
        event.setCallerData(new StackTraceElement[] {new StackTraceElement("C" + texts[3], "m", texts[4], 1)});
        return event;
    }
}
