package dev.tacet.redactor.stream;

import static dev.tacet.redactor.stream.Pieces.redactor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.tacet.redactor.LeakReports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rows 16 and 17 of the leak vectors: what is printed past the loggers. */
final class RedactedStdioTest {
    private static final String S = "kV3-xyzzy9/plugh=7";

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
    }

    @AfterEach
    void giveBack() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private void printEverything() throws JoranException {
        System.out.println("out " + S);
        System.out.printf("%s%n", S.toCharArray().length + " " + S);
        System.out.print("prompt " + S + "? ");
        System.err.println("err " + S);
        new IllegalStateException("thrown " + S, new RuntimeException(S)).printStackTrace();
        ConsoleHandler jul = new ConsoleHandler();
        jul.publish(new LogRecord(Level.SEVERE, "jul " + S));
        Thread thread = new Thread(() -> {});
        thread.getThreadGroup().uncaughtException(thread, new IllegalArgumentException("uncaught " + S));
        configure("<configuration debug='true'><property name='P' value='" + S + "'/>"
                + "<logger name='x.${P}' level='DEBUG'/></configuration>");
    }

    private static void configure(String xml) throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(UTF_8)));
        context.stop();
    }

    @Test
    void row17_showsThePlainValueWithoutUs() throws JoranException {
        printEverything();
        assertThat(out.toString(UTF_8)).contains("out " + S, "prompt " + S, "[x." + S);
        assertThat(err.toString(UTF_8)).contains("err " + S, "thrown " + S, "jul " + S, "uncaught " + S);
    }

    @Test
    void row16_row17_masksWhateverJavaPrints() throws JoranException {
        try (RedactedStdio stdio = RedactedStdio.install(() -> redactor(S))) {
            printEverything();
            // Before the end of anything: each print goes out at once.
            assertThat(out.toString(UTF_8))
                    .doesNotContain(S)
                    .contains("out [REDACTED:0]", "18 [REDACTED:0]", "prompt [REDACTED:0]? ", "[x.[REDACTED:0]");
            assertThat(err.toString(UTF_8))
                    .doesNotContain(S)
                    .contains(
                            "err [REDACTED:0]",
                            "thrown [REDACTED:0]",
                            "Caused by: java.lang.RuntimeException: [REDACTED:0]")
                    .contains("jul [REDACTED:0]", "uncaught [REDACTED:0]", "\tat ");
            assertThat(stdio).isNotNull();
        }
    }

    @Test
    void givesTheStreamsBack() {
        PrintStream before = System.out;
        RedactedStdio stdio = RedactedStdio.install(() -> redactor(S));
        PrintStream redacted = System.out;
        System.out.print("held " + S.substring(0, 6));
        stdio.close();
        assertThat(System.out).isSameAs(before);
        assertThat(out.toString(UTF_8)).isEqualTo("held " + S.substring(0, 6));
        redacted.println(" and " + S); // somebody still holds it
        assertThat(out.toString(UTF_8))
                .isEqualTo("held " + S.substring(0, 6) + " and [REDACTED:0]" + System.lineSeparator());
    }

    @Test
    void installedTwiceRedactsOnce() {
        RedactedStdio.install(() -> redactor("another-value"));
        RedactedStdio.install(() -> redactor(S));
        System.out.println("another-value " + S);
        assertThat(out.toString(UTF_8)).isEqualTo("another-value [REDACTED:0]" + System.lineSeparator());
    }

    @Test
    void reportsWhatWasMaskedByTheStreamsName() {
        Set<String> told = new ConcurrentSkipListSet<>();
        LeakReports reports = new LeakReports(
                List.of(leak -> told.add(leak.sink() + " " + leak.finding().name() + " " + leak.count())),
                Duration.ofHours(1),
                Thread::new);
        RedactedStdio.install(() -> redactor(S), reports);
        System.out.println(S + " and " + S);
        System.err.println(S);
        reports.close();
        assertThat(told).containsExactly("stderr 0 1", "stdout 0 2");
    }

    @Test
    void doesNotRecurseWhenTheRedactorPrints() {
        int[] depth = new int[1];
        RedactedStdio.install(() -> {
            depth[0]++;
            return redactor(S);
        });
        System.out.println(S);
        assertThat(depth[0]).isPositive();
        assertThat(out.toString(UTF_8)).startsWith("[REDACTED:0]");
    }
}
