package dev.tacet.redactor.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/** A program that logs a value in every place of an event; run by {@link VersionsTest} with other versions than this was compiled with. */
public final class AnyVersion {
    private AnyVersion() {}

    /** Takes the value. */
    public static void main(String[] arguments) {
        String value = arguments[0];
        Logger log = LoggerFactory.getLogger(AnyVersion.class);
        MDC.put("user", value);
        log.info("message " + value);
        log.info(MarkerFactory.getMarker("m-" + value), "argument {}", value);
        log.atWarn()
                .addKeyValue("pair", value)
                .setCause(new IllegalStateException("outer " + value, new RuntimeException("inner " + value)))
                .log("with more");
    }

    /** An appender without an encoder, which reads all that an event has. */
    public static final class Reader extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            StringBuilder all = new StringBuilder("read ");
            all.append(event.getMessage()).append(' ').append(event.getFormattedMessage());
            all.append(' ').append(Arrays.toString(event.getArgumentArray()));
            all.append(' ').append(event.getMDCPropertyMap()).append(' ').append(event.getKeyValuePairs());
            all.append(' ').append(event.getMarkerList());
            for (IThrowableProxy one = event.getThrowableProxy(); one != null; one = one.getCause()) {
                all.append(' ').append(one.getMessage());
            }
            System.out.println(all);
        }
    }
}
