package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.read.ListAppender;
import dev.tacet.redactor.Leak;
import dev.tacet.redactor.LeakListener;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.BasicMDCAdapter;

/** Row 59 of the leak vectors, logs before the first load, for those who prefer silence; and what else encoder and appender can be told. */
final class HoldTest {
    private static final String S = "kT9sLqWmX2vPz7";

    @TempDir
    private Path directory;

    private final LoggerContext context = new LoggerContext();

    HoldTest() {
        context.setMDCAdapter(new BasicMDCAdapter());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** Whatever its class, an encoder of the message alone. */
    private static final class Messages extends EncoderBase<ILoggingEvent> {
        @Override
        public byte[] headerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] encode(ILoggingEvent event) {
            return (event.getFormattedMessage() + "\n").getBytes(UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return new byte[0];
        }
    }

    /** Made by Logback, by its name in XML. */
    public static final class Queue implements LeakListener {
        static final BlockingQueue<Leak> LEAKS = new LinkedBlockingQueue<>();

        @Override
        public void leaked(Leak leak) {
            LEAKS.add(leak);
        }
    }

    private RedactingEncoder<ILoggingEvent> encoder(boolean hold) {
        RedactingEncoder<ILoggingEvent> encoder = new RedactingEncoder<>();
        encoder.setContext(context);
        encoder.addVolume(volume().toString());
        encoder.setHold(hold);
        encoder.setEncoder(new Messages());
        encoder.start();
        return encoder;
    }

    private Path volume() {
        return directory.resolve("secrets");
    }

    private void publish() throws IOException {
        Path building = Files.createDirectory(directory.resolve("building"));
        Files.writeString(building.resolve("password"), S);
        Files.move(building, volume());
    }

    private ILoggingEvent event(String message) {
        return new LoggingEvent("", context.getLogger("x.Y"), Level.WARN, message, null, null);
    }

    private static String encoded(RedactingEncoder<ILoggingEvent> encoder, ILoggingEvent event) {
        return new String(encoder.encode(event), UTF_8);
    }

    @Test
    void row59_withoutHoldWhatIsLoggedBeforeTheVolumeIsThereGoesOut() {
        assertThat(encoded(encoder(false), event("a " + S))).isEqualTo("a " + S + "\n");
    }

    @Test
    void row59_whatIsHeldAtTheEndGoesOutIfTheVolumeCame() throws Exception {
        RedactingEncoder<ILoggingEvent> encoder = encoder(true);
        RedactingEncoder<ILoggingEvent> beside = encoder(false);
        assertThat(encoded(encoder, event("a " + S))).isEmpty();
        assertThat(encoder.footerBytes()).as("a file that rolls over").isEmpty();
        publish();
        while (encoded(beside, event(S)).contains(S)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(new String(encoder.footerBytes(), UTF_8)).isEqualTo("a [REDACTED:password]\n");
    }

    @Test
    void row59_whatComesWhenAllIsOverStaysBackToo() {
        RedactingEncoder<ILoggingEvent> encoder = encoder(true);
        assertThat(encoded(encoder, event("a " + S))).isEmpty();
        encoder.stop();
        assertThat(encoded(encoder, event("b " + S))).isEmpty();
        Held<String> held = new Held<>(() -> false, 10);
        assertThat(held.hold("one", 1)).isTrue();
        assertThat(held.drop()).isEqualTo(1);
        assertThat(held.hold("two", 1)).isTrue();
        assertThat(held.drop()).isEqualTo(1);
        assertThat(held.release().items()).isEmpty();
    }

    @Test
    void row59_anEncoderHoldsBackUntilTheVolumeIsThere() throws Exception {
        RedactingEncoder<ILoggingEvent> encoder = encoder(true);
        assertThat(encoded(encoder, event("a " + S))).isEmpty();
        assertThat(encoded(encoder, event("b"))).isEmpty();
        publish();
        String out = "";
        for (int i = 0; out.isEmpty(); i++) {
            out = encoded(encoder, event("c " + i + " " + S));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(out)
                .startsWith("a [REDACTED:password]\nb\nc 0 [REDACTED:password]\n")
                .doesNotContain(S);
        assertThat(encoded(encoder, event("d " + S))).isEqualTo("d [REDACTED:password]\n");
        assertThat(encoder.placeholders()).isZero();
        encoder.stop();
    }

    @Test
    void row59_whatIsTooMuchIsDroppedAndOnePlaceholderStandsForIt() throws Exception {
        RedactingEncoder<ILoggingEvent> encoder = encoder(true);
        String large = "x".repeat(600_000);
        for (int i = 0; i < 4; i++) {
            assertThat(encoded(encoder, event(large))).isEmpty();
        }
        publish();
        String out = "";
        while (out.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(20);
            out = encoded(encoder, event("last " + large));
        }
        assertThat(out.length()).isLessThan(3 * large.length());
        assertThat(out).contains("\n[REDACTION-ERROR]" + System.lineSeparator() + "last ");
        assertThat(encoder.placeholders()).isGreaterThanOrEqualTo(3);
        encoder.stop();
    }

    @Test
    void row59_whatTheVolumeNeverCameForIsNeverWritten() {
        RedactingEncoder<ILoggingEvent> encoder = encoder(true);
        assertThat(encoded(encoder, event("a " + S))).isEmpty();
        encoder.stop();
        assertThat(encoder.placeholders()).isEqualTo(1);
        assertThat(encoded(encoder, event("b " + S))).doesNotContain("a " + S);
    }

    private RedactingAppender appender(ListAppender<ILoggingEvent> behind) {
        RedactingAppender appender = new RedactingAppender();
        appender.setContext(context);
        appender.addVolume(volume().toString());
        appender.setHold(true);
        behind.start();
        appender.addAppender(behind);
        appender.start();
        return appender;
    }

    @Test
    void row59_anAppenderHandsOnWhatWaitedAsSoonAsTheVolumeIsThere() throws Exception {
        ListAppender<ILoggingEvent> list = new ListAppender<>();
        RedactingAppender appender = appender(list);
        for (int i = 0; i < 1_002; i++) {
            appender.doAppend(event(i + " " + S));
        }
        assertThat(list.list).isEmpty();
        publish();
        // Nobody logs any more; the thread that read the volume lets them go.
        while (appender.placeholders() == 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(list.list).hasSize(1_000);
        assertThat(list.list.get(999).getFormattedMessage()).isEqualTo("999 [REDACTED:password]");
        assertThat(appender.placeholders()).isEqualTo(2);
        appender.doAppend(event("after " + S));
        assertThat(list.list.get(1_000).getFormattedMessage()).isEqualTo("after [REDACTED:password]");
        appender.stop();
    }

    @Test
    void row59_anAppenderDropsWhatTheVolumeNeverCameFor() {
        ListAppender<ILoggingEvent> list = new ListAppender<>();
        RedactingAppender appender = appender(list);
        appender.doAppend(event(S));
        appender.stop();
        assertThat(list.list).isEmpty();
        assertThat(appender.placeholders()).isEqualTo(1);
    }

    @Test
    void aLeakListenerInXmlHearsOfWhatItsEncoderMasked() throws Exception {
        publish();
        Queue.LEAKS.clear();
        String settings = "<hold>true</hold><leakListener class=\"" + Queue.class.getName()
                + "\"/><sink>FILE</sink><encoder class=\"ch.qos.logback.classic.encoder.PatternLayoutEncoder\">"
                + "<pattern>%msg%n</pattern></encoder>";
        try (LoggingRun run = new LoggingRun(directory, LoggingRun.redacting(volume(), settings))) {
            assertThat(run.log(logger -> logger.warn("a " + S))).asString(UTF_8).startsWith("a [REDACTED:password]");
            assertThat(run.complaints()).isEmpty();
            Leak leak = Queue.LEAKS.poll(20, TimeUnit.SECONDS);
            assertThat(leak).isNotNull();
            assertThat(List.of(leak.finding().name(), leak.sink(), leak.logger(), leak.level()))
                    .containsExactly("password", "FILE", "app.Service", "WARN");
        }
    }

    @Test
    void row22_anErrorOfAnAppenderBehindReachesNobodyWhoLogs() {
        RedactingAppender appender = new RedactingAppender();
        appender.setContext(context);
        Redactor redactor =
                Redactor.builder().secret("s", SecretValue.ofUtf8(S)).build();
        appender.setRedactor(() -> redactor);
        AppenderBase<ILoggingEvent> failing = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                throw new StackOverflowError(event.getMessage());
            }
        };
        failing.start();
        appender.addAppender(failing);
        appender.start();
        appender.doAppend(event(S));
        assertThat(appender.placeholders()).isEqualTo(1);
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .anyMatch(status -> status.getMessage().contains("java.lang.StackOverflowError"))
                .noneMatch(status -> (status.getMessage() + status.getThrowable()).contains(S));
    }
}
