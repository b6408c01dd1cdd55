package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.net.SocketAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.LoggingEventVO;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.redactor.Leak;
import dev.tacet.redactor.LeakReports;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * The rows 1 to 5, 7 to 14 and 18 to 23 of the leak vectors: a secret in every place of an event, through encoders and through appenders
 * that have none, set up by real XML.
 */
final class SurfaceRowsTest {
    private static final String S = "kV3-xyzzy\"9/plugh=7";

    @TempDir
    private Path directory;

    private final LoggerContext context = new LoggerContext();

    /** A place of an event, and how the secret gets there. */
    private static Arguments row(int number, String place, Consumer<Logger> log) {
        return Arguments.of(number, place, log);
    }

    static Stream<Arguments> places() {
        List<Arguments> rows = new ArrayList<>();
        rows.add(row(1, "message", log -> log.info("a " + S + " b")));
        rows.add(row(2, "argument", log -> log.info("a {} b", S)));
        rows.add(row(3, "two halves", log -> log.info("{}{}", S.substring(0, 9), S.substring(9))));
        rows.add(row(3, "half in the template", log -> log.info(S.substring(0, 9) + "{}", S.substring(9))));
        rows.add(row(4, "an object's toString", log -> log.info("{}", new Holder())));
        rows.add(row(5, "array", log -> log.info("{}", (Object) new String[] {"x", S})));
        rows.add(row(5, "list and map", log -> log.info("{} {}", List.of(S), Map.of("k", List.of(S)))));
        rows.add(row(5, "bytes", log -> log.info("{}", (Object) S.getBytes(UTF_8))));
        rows.add(row(5, "characters", log -> log.info("{}", (Object) S.toCharArray())));
        rows.add(row(5, "record", log -> log.info("{}", new Credentials("app", S))));
        rows.add(
                row(7, "key-value pair", log -> log.atInfo().addKeyValue("k", S).log("m")));
        rows.add(row(7, "key", log -> log.atInfo().addKeyValue(S, "v").log("m")));
        rows.add(row(8, "MDC value", log -> withMdc("k", S, log)));
        rows.add(row(8, "MDC key", log -> withMdc(S, "v", log)));
        rows.add(row(9, "marker", log -> log.info(MarkerFactory.getDetachedMarker(S), "m")));
        rows.add(row(9, "marker of a marker", log -> {
            Marker outer = MarkerFactory.getDetachedMarker("outer");
            outer.add(MarkerFactory.getDetachedMarker(S));
            log.info(outer, "m");
        }));
        rows.add(row(10, "exception", log -> log.info("m", new IllegalStateException(S))));
        rows.add(row(11, "cause", log -> log.info("m", new RuntimeException("x", new IOException(S)))));
        rows.add(row(11, "suppressed", log -> {
            RuntimeException outer = new RuntimeException("x");
            outer.addSuppressed(new IOException(S));
            log.info("m", outer);
        }));
        rows.add(row(11, "circular", log -> {
            RuntimeException one = new RuntimeException(S);
            RuntimeException other = new RuntimeException(S, one);
            one.initCause(other);
            log.info("m", one);
        }));
        rows.add(row(11, "a chain of 150", log -> {
            RuntimeException chain = new RuntimeException(S);
            for (int i = 0; i < 150; i++) {
                chain = new RuntimeException(S, chain);
            }
            log.info("m", chain);
        }));
        rows.add(row(13, "frame", log -> {
            RuntimeException scripted = new RuntimeException("x");
            scripted.setStackTrace(new StackTraceElement[] {new StackTraceElement("Script", "eval", S, 1)});
            log.info("m", scripted);
        }));
        rows.add(row(14, "thread", log -> {
            Thread.currentThread().setName(S);
            log.info("m");
        }));
        rows.add(row(
                14, "logger", log -> log.getLoggerContext().getLogger("x." + S).info("m")));
        rows.add(row(14, "context property", log -> {
            log.getLoggerContext().putProperty("P", S);
            log.info("m");
        }));
        rows.add(row(21, "line breaks", log -> log.info("a\r\n{}\r\nb", S)));
        return rows.stream();
    }

    private static void withMdc(String key, String value, Logger log) {
        // The context's own adapter: this test's contexts are not the one that slf4j serves.
        log.getLoggerContext().getMDCAdapter().put(key, value);
        log.info("m");
        log.getLoggerContext().getMDCAdapter().remove(key);
    }

    record Credentials(String user, String password) {}

    private static final class Holder {
        private int asked;

        @Override
        public String toString() {
            asked++;
            return "Holder " + S;
        }
    }

    private final String threadName = Thread.currentThread().getName();

    @BeforeEach
    void prepare() throws IOException {
        context.setMDCAdapter(new LogbackMDCAdapter());
        Files.createDirectories(directory.resolve("volume"));
        Files.writeString(directory.resolve("volume/password"), S);
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setName(threadName);
        context.stop();
        MDC.clear();
    }

    private Logger configure(String xml) {
        try {
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(new ByteArrayInputStream(("<configuration>" + xml + "</configuration>")
                    .replace("VOLUME", directory.resolve("volume").toString())
                    .replace("FILE", directory.resolve("log").toString())
                    .getBytes(UTF_8)));
            return context.getLogger("test");
        } catch (JoranException broken) {
            throw new AssertionError(broken);
        }
    }

    private String written() {
        context.stop();
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static final String PATTERN =
            "<encoder><pattern>%d %t %c %marker %X %kvp %property{P} %m %caller{1}%n%ex{full}%n</pattern></encoder>";
    private static final String JSON = "<encoder class='ch.qos.logback.classic.encoder.JsonEncoder'/>";

    private static String file(String encoder) {
        return "<appender name='F' class='ch.qos.logback.core.FileAppender'><file>FILE</file>" + encoder
                + "</appender>";
    }

    private static String safe(String ref) {
        return "<appender name='S' class='dev.tacet.redactor.logback.RedactingAppender'><volume>VOLUME</volume>"
                + "<appender-ref ref='" + ref + "'/></appender><root level='INFO'><appender-ref ref='S'/></root>";
    }

    private static String async(String name, String ref) {
        return "<appender name='" + name + "' class='ch.qos.logback.classic.AsyncAppender'>"
                + "<includeCallerData>true</includeCallerData><appender-ref ref='" + ref + "'/></appender>";
    }

    private static void assertSilent(String text) {
        String plain = text.replace("\\", "");
        assertThat(plain).doesNotContain(S, S.substring(0, 9), S.substring(9));
        assertThat(text).doesNotContain(Base64.getEncoder().encodeToString(S.getBytes(UTF_8)));
        assertThat(text).doesNotContain(Arrays.toString(S.getBytes(UTF_8)), Arrays.toString(S.toCharArray()));
        assertThat(text).contains("REDACTED");
    }

    @ParameterizedTest(name = "row{0} {1}")
    @MethodSource("places")
    void rows1to21_plainOutputHoldsIt(int row, String place, Consumer<Logger> log) {
        log.accept(configure(file(PATTERN) + "<root level='INFO'><appender-ref ref='F'/></root>"));
        String all = written();
        assertThat(all.contains(S)
                        || all.contains(Arrays.toString(S.getBytes(UTF_8)))
                        || all.contains(Arrays.toString(S.toCharArray())))
                .as(row + " " + place)
                .isTrue();
    }

    @ParameterizedTest(name = "row{0} {1}")
    @MethodSource("places")
    void rows1to21_patternLayout(int row, String place, Consumer<Logger> log) {
        log.accept(configure(file(PATTERN) + safe("F")));
        assertSilent(written());
    }

    @ParameterizedTest(name = "row{0} {1}")
    @MethodSource("places")
    void rows1to21_jsonEncoder(int row, String place, Consumer<Logger> log) throws IOException {
        log.accept(configure(file(JSON) + safe("F")));
        String all = written();
        if (row != 3) { // it writes template and arguments apart, so the value is in halves (row 39)
            assertSilent(
                    all.contains("REDACTED") ? all : all + "REDACTED"); // it writes no marker's reference, no caller
        }
        for (String line : all.lines().toList()) {
            assertThat(new ObjectMapper().readTree(line).isObject()).isTrue();
        }
    }

    @ParameterizedTest(name = "row{0} {1}")
    @MethodSource("places")
    void rows1to21_asyncBehindAndBefore(int row, String place, Consumer<Logger> log) {
        log.accept(configure(file(PATTERN) + async("A", "F") + safe("A")));
        assertSilent(written());
    }

    @ParameterizedTest(name = "row{0} {1}")
    @MethodSource("places")
    void rows1to21_asyncBefore(int row, String place, Consumer<Logger> log) {
        log.accept(configure(file(PATTERN)
                + safe("F").replace("<root level='INFO'><appender-ref ref='S'/></root>", "")
                + async("A", "S")
                + "<root level='INFO'><appender-ref ref='A'/></root>"));
        assertSilent(written());
    }

    /** Row 20: an appender without an encoder; every accessor, and row 19: what a socket would send. */
    @ParameterizedTest(name = "row{0} {1}")
    @MethodSource("places")
    void row19_row20_noAccessorShowsIt(int row, String place, Consumer<Logger> log) throws IOException {
        Logger logger = configure("<appender name='L' class='ch.qos.logback.core.read.ListAppender'/>" + safe("L"));
        log.accept(logger);
        ListAppender<ILoggingEvent> list = listAppender();
        assertThat(list.list).hasSize(1);
        ILoggingEvent event = list.list.get(0);
        assertThat(event).isInstanceOf(LoggingEvent.class);
        event.prepareForDeferredProcessing();
        StringBuilder all = new StringBuilder();
        all.append(event.getMessage())
                .append('\n')
                .append(event.getFormattedMessage())
                .append('\n');
        all.append(Arrays.deepToString(event.getArgumentArray())).append('\n');
        all.append(event.getThreadName()).append(event.getLoggerName()).append(event.getMDCPropertyMap());
        all.append(event.getKeyValuePairs())
                .append(event.getMarkerList())
                .append(event.getLoggerContextVO().getPropertyMap());
        all.append(Arrays.toString(event.getCallerData())).append(event);
        if (event.getThrowableProxy() != null) {
            assertThat(event.getThrowableProxy()).isInstanceOf(ThrowableProxy.class);
            StringWriter trace = new StringWriter();
            ((ThrowableProxy) event.getThrowableProxy()).getThrowable().printStackTrace(new PrintWriter(trace));
            all.append(trace).append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        if (event.getKeyValuePairs() == null) { // Logback cannot send those at all
            try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
                out.writeObject(LoggingEventVO.build(event));
            }
        }
        all.append(sent.toString(ISO_8859_1));
        if (row == 3) { // halves alone are no secret (row 39); what is formed of them is
            assertThat(event.getFormattedMessage()).isEqualTo("[REDACTED:password]");
        } else {
            assertSilent(all.toString());
        }
    }

    private ListAppender<ILoggingEvent> listAppender() {
        RedactingAppender redacting =
                (RedactingAppender) context.getLogger("ROOT").getAppender("S");
        return (ListAppender<ILoggingEvent>) redacting.getAppender("L");
    }

    @Test
    void row4_anObjectIsAskedOnceAndMayThrow() {
        Logger logger = configure("<appender name='L' class='ch.qos.logback.core.read.ListAppender'/>" + safe("L"));
        Holder holder = new Holder();
        logger.info("{}", holder);
        logger.info("{}", new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException(S);
            }
        });
        List<ILoggingEvent> events = listAppender().list;
        for (int i = 0; i < 3; i++) {
            assertThat(events.get(0).getFormattedMessage()).isEqualTo("Holder [REDACTED:password]");
            assertThat(events.get(0).getArgumentArray()).containsExactly("Holder [REDACTED:password]");
            assertThat(events.get(1).getFormattedMessage()).doesNotContain(S);
        }
        assertThat(holder.asked).isEqualTo(1);
    }

    @Test
    void row5_cyclicMapsAreSafe() {
        Logger logger = configure("<appender name='L' class='ch.qos.logback.core.read.ListAppender'/>" + safe("L"));
        Map<String, Object> one = new HashMap<>();
        Map<String, Object> other = new HashMap<>(Map.of("s", S, "one", one));
        one.put("other", other);
        logger.info("{}", one);
        assertThat(listAppender().list.get(0).getFormattedMessage()).doesNotContain(S);
    }

    @Test
    void row8_keysThatBecomeTheSameKeepTheirEntries() {
        Logger logger = configure("<appender name='L' class='ch.qos.logback.core.read.ListAppender'/>" + safe("L"));
        context.getMDCAdapter().put(S, "1");
        context.getMDCAdapter().put(Base64.getEncoder().encodeToString(S.getBytes(UTF_8)), "2");
        logger.info("m");
        assertThat(listAppender().list.get(0).getMDCPropertyMap().values()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void row18_aRotationBetweenLoggingAndEncodingMissesNothing() {
        List<Redactor> redactors = new ArrayList<>(
                List.of(Redactor.builder().secret("old", SecretValue.ofUtf8(S)).build()));
        Masking masking = new Masking(() -> redactors.get(redactors.size() - 1), new LeakSink(List.of(), ""));
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("x"), Level.INFO, S + " new-4711-value", null, null);
        RedactedEvent queued = new RedactedEvent(event, masking);
        redactors.add(Redactor.builder()
                .secret("old", SecretValue.ofUtf8(S))
                .secret("new", SecretValue.ofUtf8("new-4711-value"))
                .build());
        assertThat(queued.getFormattedMessage()).isEqualTo("[REDACTED:old] [REDACTED:new]");
    }

    @Test
    void row19_aRealSocketAppenderSendsNoSecret() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Logger logger = configure("<appender name='N' class='" + SocketAppender.class.getName()
                    + "'><remoteHost>127.0.0.1</remoteHost><port>" + server.getLocalPort()
                    + "</port></appender>" + safe("N"));
            try (Socket socket = server.accept()) {
                logger.info("sent {}", S, new IllegalStateException(S));
                logger.info("the end");
                ByteArrayOutputStream received = new ByteArrayOutputStream();
                byte[] chunk = new byte[4096];
                while (!received.toString(UTF_8).contains("the end")) {
                    received.write(chunk, 0, socket.getInputStream().read(chunk));
                }
                assertThat(received.toString(UTF_8))
                        .contains("[REDACTED:password]")
                        .doesNotContain(S);
            }
        }
    }

    @Test
    void row22_whateverBreaksNothingRawGoesOut() {
        for (Throwable failure :
                List.of(new IllegalStateException(S), new OutOfMemoryError(), new StackOverflowError())) {
            Masking masking = new Masking(
                    () -> {
                        if (failure instanceof Error error) {
                            throw error;
                        }
                        throw (RuntimeException) failure;
                    },
                    new LeakSink(List.of(), ""));
            LoggingEvent event = new LoggingEvent(
                    "", context.getLogger(S), Level.INFO, S, new RuntimeException(S), new Object[] {S});
            RedactedEvent redacted = new RedactedEvent(event, masking);
            assertThat(redacted.getFormattedMessage()).isEqualTo("[REDACTION-ERROR]");
            assertThat(redacted.getMessage()).isEqualTo("[REDACTION-ERROR]");
            assertThat(redacted.getArgumentArray()).containsExactly("[REDACTION-ERROR]");
            assertThat(redacted.getLoggerName()).isEqualTo("[REDACTION-ERROR]");
            assertThat(redacted.getThrowableProxy().getMessage()).isEqualTo("[REDACTION-ERROR]");
            assertThat(masking.placeholders()).isPositive();
        }
    }

    @Test
    void row22_anInterruptedThreadLogsRedacted() {
        Logger logger = configure(file(PATTERN) + safe("F"));
        Thread.currentThread().interrupt();
        logger.info(S);
        assertThat(Thread.interrupted()).isTrue();
        assertSilent(written());
    }

    @Test
    void row22_aWrongConfigurationHandsOnNothing() {
        configure(file(PATTERN) + safe("F").replace("<volume>VOLUME</volume>", ""))
                .info(S);
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .anyMatch(status -> status.getMessage().contains("needs a <volume>"));
        assertThat(written()).doesNotContain(S);
    }

    @Test
    void rulesOfAFileAndTheBuiltInOnesAreChosenInXml() throws IOException {
        Path rules = Files.writeString(
                directory.resolve("rules.toml"),
                "[[rules]]\nid='acme'\nregex='acme_[a-z0-9]{8}'\nkeywords=['acme_']\n");
        String settings = "<rules>" + rules + "</rules><builtInRules>false</builtInRules>";
        configure(file(PATTERN) + safe("F").replace("<volume>VOLUME</volume>", settings))
                .info("acme_a1b2c3d4 password=hunter2");
        assertThat(written()).contains("[REDACTED:acme] password=hunter2");
    }

    @Test
    void aBrokenRuleFileIsToldAndNothingIsHandedOn() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.toml"), "[[rules]]\nid='acme'\nregex='('\n");
        configure(file(PATTERN) + safe("F").replace("<volume>VOLUME</volume>", "<rules>" + rules + "</rules>"))
                .info(S);
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .anyMatch(status -> status.getMessage().contains("rules.toml: line 3: rule acme: regex"));
        assertThat(written()).doesNotContain(S);
    }

    @Test
    void whatWasMaskedIsReportedByTheAppendersName() throws Exception {
        BlockingQueue<Leak> leaks = new LinkedBlockingQueue<>();
        LeakReports reports = new LeakReports(List.of(leaks::add), Duration.ofMillis(20), job -> {
            Thread thread = new Thread(job);
            thread.setDaemon(true);
            return thread;
        });
        reports.start();
        Redactor redactor =
                Redactor.builder().secret("db/password", SecretValue.ofUtf8(S)).build();
        Masking masking = new Masking(() -> redactor, new LeakSink(List.of(reports), "SAFE"));
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("x.Y"), Level.WARN, "{} " + S, null, new Object[] {S});
        RedactedEvent redacted = new RedactedEvent(event, masking);
        for (int i = 0; i < 3; i++) {
            assertThat(redacted.getFormattedMessage()).doesNotContain(S);
            assertThat(redacted.getArgumentArray()).doesNotContain(S);
        }
        Leak leak = leaks.poll(20, TimeUnit.SECONDS);
        reports.close();
        assertThat(leak).isNotNull();
        assertThat(leak.finding().name()).isEqualTo("db/password");
        assertThat(List.of(leak.sink(), leak.logger(), leak.level())).containsExactly("SAFE", "x.Y", "WARN");
        assertThat(leak.count()).isEqualTo(2);
    }

    @Test
    void row23_aRedactorThatLogsDoesNotRecurse() {
        Logger logger = configure("<appender name='L' class='ch.qos.logback.core.read.ListAppender'/>");
        RedactingAppender appender = new RedactingAppender();
        appender.setContext(context);
        ListAppender<ILoggingEvent> list = new ListAppender<>();
        list.start();
        appender.addAppender(list);
        Redactor redactor =
                Redactor.builder().secret("s", SecretValue.ofUtf8(S)).build();
        appender.setRedactor(() -> {
            logger.info("while masking " + S);
            return redactor;
        });
        appender.start();
        logger.addAppender(appender);
        logger.info(S);
        for (ILoggingEvent event : List.copyOf(list.list)) {
            assertThat(event.getFormattedMessage()).doesNotContain(S);
        }
    }
}
