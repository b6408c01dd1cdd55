package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.helpers.BasicMDCAdapter;

/** A Logback of its own, configured by XML, whose file is read back as bytes. */
final class LoggingRun implements AutoCloseable {
    private final LoggerContext context = new LoggerContext();
    private final Path file;

    LoggingRun(Path directory, String encoder) throws IOException {
        context.setMDCAdapter(new BasicMDCAdapter());
        file = Files.createTempFile(directory, "run", ".log");
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        String xml = "<configuration><appender name=\"F\" class=\"ch.qos.logback.core.FileAppender\"><file>" + file
                + "</file>" + encoder
                + "</appender><root level=\"DEBUG\"><appender-ref ref=\"F\"/></root></configuration>";
        try {
            configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(UTF_8)));
        } catch (JoranException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The three lines of XML around an encoder. */
    static String redacting(Path volume, String encoder) {
        return "<encoder class=\"dev.tacet.redactor.logback.RedactingEncoder\"><volume>" + volume + "</volume>"
                + encoder + "</encoder>";
    }

    LoggerContext context() {
        return context;
    }

    Logger logger() {
        return context.getLogger("app.Service");
    }

    byte[] log(Consumer<Logger> statements) throws IOException {
        statements.accept(logger());
        return Files.readAllBytes(file);
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(file);
    }

    /** Errors and warnings of Logback's status. */
    List<String> complaints() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getLevel() >= Status.WARN)
                .map(Status::getMessage)
                .toList();
    }

    @Override
    public void close() {
        context.stop();
    }
}
