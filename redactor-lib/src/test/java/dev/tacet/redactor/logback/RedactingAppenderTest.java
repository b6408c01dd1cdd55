package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.read.ListAppender;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.BasicMDCAdapter;

/** Several redactors before one appender, one after the other and one behind the other: each masks what it knows. */
final class RedactingAppenderTest {
    private static final String A = "kT9sLqWmX2vPz7";
    private static final String B = "wE4rTyUiOp8aSd";

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> file = new OutputStreamAppender<>();

    RedactingAppenderTest() {
        context.setMDCAdapter(new BasicMDCAdapter());
        startFile();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void startFile() {
        if (file.getEncoder() == null) {
            PatternLayoutEncoder plain = new PatternLayoutEncoder();
            plain.setContext(context);
            plain.setPattern("%msg%n");
            plain.start();
            file.setContext(context);
            file.setEncoder(plain);
        }
        file.setOutputStream(written);
        file.start();
    }

    private RedactingAppender before(Appender<ILoggingEvent> appender, String name, String secret) {
        Redactor redactor = redactor(name, secret);
        RedactingAppender safe = new RedactingAppender();
        safe.setContext(context);
        safe.setRedactor(() -> redactor);
        safe.addAppender(appender);
        safe.start();
        return safe;
    }

    private static Redactor redactor(String name, String secret) {
        return Redactor.builder().secret(name, SecretValue.ofUtf8(secret)).build();
    }

    private ILoggingEvent event(String message) {
        return new LoggingEvent("", context.getLogger("x.Y"), Level.WARN, message, null, null);
    }

    private String written() {
        String text = written.toString(UTF_8);
        written.reset();
        return text;
    }

    @Test
    void eachOfTwoBeforeOneAppenderMasksWhatItKnows() {
        file.doAppend(event(A + " " + B));
        assertThat(written()).contains(A).contains(B);
        RedactingAppender one = before(file, "a", A);
        RedactingAppender two = before(file, "b", B);
        one.doAppend(event("one " + A));
        two.doAppend(event("two " + B));
        assertThat(written()).contains("one [REDACTED:a]").contains("two [REDACTED:b]");
    }

    @Test
    void masksBehindAnEncoderThatKnowsOtherSecrets() {
        RedactingEncoder<ILoggingEvent> own = new RedactingEncoder<>();
        own.setContext(context);
        Redactor redactor = redactor("a", A);
        own.setRedactor(() -> redactor);
        own.setEncoder(file.getEncoder());
        own.start();
        file.setEncoder(own);
        before(file, "b", B).doAppend(event(A + " " + B));
        assertThat(written()).contains("[REDACTED:a] [REDACTED:b]");
    }

    @Test
    void masksByWhatItKnowsNowWhenItIsStartedAgain() {
        RedactingAppender safe = before(file, "a", A);
        safe.stop();
        Redactor another = redactor("b", B);
        safe.setRedactor(() -> another);
        startFile();
        safe.start();
        safe.doAppend(event("again " + B));
        assertThat(written()).contains("again [REDACTED:b]");
    }

    @Test
    void givesTheEncoderBackWhenItEnds() {
        Object plain = file.getEncoder();
        RedactingAppender safe = before(file, "a", A);
        assertThat(file.getEncoder()).isNotSameAs(plain);
        safe.stop();
        assertThat(file.getEncoder()).isSameAs(plain);
    }

    @Test
    void masksWhatAnotherBeforeItHasMaskedByItsOwnSecrets() {
        ListAppender<ILoggingEvent> list = new ListAppender<>();
        list.setContext(context);
        list.start();
        list.doAppend(event(A + " " + B));
        assertThat(list.list.get(0).getFormattedMessage()).contains(A).contains(B);
        before(before(list, "b", B), "a", A).doAppend(event(A + " " + B));
        assertThat(List.of(list.list.get(1).getFormattedMessage())).containsExactly("[REDACTED:a] [REDACTED:b]");
    }
}
