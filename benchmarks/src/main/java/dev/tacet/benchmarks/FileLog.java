package dev.tacet.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.logback.RedactingEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;

/** An application's log: a logger, an encoder, and a file appender as it is when nobody sets anything. */
final class FileLog extends Lane {
    private static final String LINE = "%d %-5level [%thread] %logger{36} - ";
    /** What people put into a pattern: the word before a secret, and what follows it. */
    private static final String REGEX =
            "(?i)(password|passwd|pwd|secret|token|api[_-]?key|authorization)(\"?\\s*[=:]\\s*\"?)[^\\s\",;&]+";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoggerContext context;
    private final Logger logger;
    private final Path file;
    private final List<String> messages;
    private boolean begun;

    private FileLog(LoggerContext context, Encoder<ILoggingEvent> encoder, List<String> messages) {
        super(messages.size(), 0);
        this.context = context;
        this.messages = messages;
        this.file = temporary();
        this.logger = context.getLogger("com.example.orders.OrderService");
        encoder.setContext(context);
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    static FileLog pattern(List<String> messages) {
        LoggerContext context = context();
        return new FileLog(context, layout(context, "%msg%n"), messages);
    }

    static FileLog patternWithReplace(List<String> messages) {
        LoggerContext context = context();
        String replace = "%replace(%msg){'" + REGEX + "', '$1$2***'}%n";
        return new FileLog(context, layout(context, replace), messages);
    }

    static FileLog patternWithRedactor(Redactor redactor, List<String> messages) {
        LoggerContext context = context();
        return new FileLog(context, redacting(context, layout(context, "%msg%n"), () -> redactor), messages);
    }

    static FileLog logstash(List<String> messages) {
        return new FileLog(context(), new LogstashEncoder(), messages);
    }

    static FileLog logstashWithMasks(List<String> messages) {
        MaskingJsonGeneratorDecorator masks = new MaskingJsonGeneratorDecorator();
        masks.addValueMask(new MaskingJsonGeneratorDecorator.ValueMask(REGEX, "$1$2***"));
        masks.start();
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.addDecorator(masks);
        return new FileLog(context(), encoder, messages);
    }

    static FileLog logstashWithRedactor(Redactor redactor, List<String> messages) {
        LoggerContext context = context();
        return new FileLog(context, redacting(context, new LogstashEncoder(), () -> redactor), messages);
    }

    static LoggerContext context() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        return context;
    }

    static PatternLayoutEncoder layout(LoggerContext context, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE + pattern);
        return encoder;
    }

    static RedactingEncoder<ILoggingEvent> redacting(
            LoggerContext context, Encoder<ILoggingEvent> wrapped, Supplier<Redactor> redactor) {
        RedactingEncoder<ILoggingEvent> encoder = new RedactingEncoder<>();
        encoder.setContext(context);
        encoder.setEncoder(wrapped);
        encoder.setRedactor(redactor);
        return encoder;
    }

    /** Begins the file anew, so that no pass is the one that fills the disk. */
    @Override
    void prepare() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (begun && channel.size() == 0) {
                throw new IllegalStateException(
                        "nothing was logged: " + context.getStatusManager().getCopyOfStatusList());
            }
            begun = !messages.isEmpty();
            channel.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    long pass() {
        for (String message : messages) {
            logger.info("{}", message);
        }
        return messages.size();
    }

    /** What a reader of the file finds in the place of a message. */
    String written(String message) {
        prepare();
        logger.info("{}", message);
        try {
            String line = Files.readString(file).stripTrailing();
            return line.startsWith("{")
                    ? JSON.readTree(line).path("message").asText()
                    : line.substring(line.indexOf(" - ") + 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.stop();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("tacet-benchmark", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
