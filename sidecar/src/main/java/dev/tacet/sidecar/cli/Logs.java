package dev.tacet.sidecar.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.logback.RedactingEncoder;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The program's own log: standard error, through our own redactor. Set up by code, so that no file can undo it. */
final class Logs {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level tacet: %msg%n";

    private Logs() {}

    static void install(Supplier<Redactor> redactor) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();

        PatternLayoutEncoder layout = new PatternLayoutEncoder();
        layout.setContext(context);
        layout.setPattern(PATTERN);
        RedactingEncoder<ILoggingEvent> encoder = new RedactingEncoder<>();
        encoder.setContext(context);
        encoder.setRedactor(redactor);
        encoder.setEncoder(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();

        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
    }
}
