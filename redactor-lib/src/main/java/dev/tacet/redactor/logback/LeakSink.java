package dev.tacet.redactor.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.tacet.redactor.LeakReports;
import dev.tacet.redactor.Redactor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where it is reported what was masked, by the name of what writes it. Looks a second time at what held a secret, so that the first look,
 * which is mostly all there is, carries nothing for it.
 *
 * @param reports who is told
 * @param name as leak reports show it
 */
record LeakSink(List<LeakReports> reports, String name) {

    void report(Redactor redactor, byte[] held, @Nullable Object event) {
        if (reports.isEmpty()) {
            return;
        }
        String logger = event instanceof ILoggingEvent logged ? String.valueOf(logged.getLoggerName()) : "";
        String level = event instanceof ILoggingEvent logged ? String.valueOf(logged.getLevel()) : "";
        redactor.redact(held, finding -> reports.forEach(to -> to.found(finding, name, logger, level)));
    }
}
