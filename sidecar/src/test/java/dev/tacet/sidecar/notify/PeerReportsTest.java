package dev.tacet.sidecar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
final class PeerReportsTest {
    private static final String LEAK =
            "{\"type\":\"leak\",\"secret\":\"db/password\",\"version\":\"3\",\"sink\":\"FILE\","
                    + "\"logger\":\"app.Db\\nforged\",\"level\":\"WARN\",\"count\":2}";

    private final TestPod pod = new TestPod();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final Logger logger = (Logger) LoggerFactory.getLogger(PeerReports.class);

    @BeforeEach
    void makePod() throws IOException {
        pod.make();
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void endPod() throws Exception {
        logger.detachAppender(lines);
        pod.end();
    }

    @Test
    void countsLeaksAndWarnsOncePerKind() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer redactor = pod.connect().hello("redactor", "r");
        redactor.send(LEAK);
        redactor.send(LEAK);
        // Each line may arrive by itself: that it is introduced says nothing of those behind its hello.
        Wait.until("both leaks are counted", WAIT, () -> socket.leaks() == 4);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith("leak masked: secret=db/password version=3 sink=FILE logger=app.Db")
                .endsWith("level=WARN count=2 redactor=r")
                .doesNotContain("\n");
    }

    @Test
    void countsWhatApplicationsSayAndDoesNothingElse() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer application = pod.connect().hello("application", "a");
        application.send("{\"type\":\"ack\",\"generation\":\"g\"}");
        application.send("{\"type\":\"reject\",\"secret\":\"db\",\"version\":\"3\"}");
        Wait.until("the last line is counted", WAIT, () -> socket.rejects() == 1);
        assertThat(socket.acks()).isOne();
        assertThat(lines.list).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"leak\"}",
                "{\"type\":\"leak\",\"secret\":\"s\",\"sink\":\"f\",\"logger\":\"l\",\"count\":1}",
                "{\"type\":\"leak\",\"rule\":\"r\",\"sink\":\"f\",\"logger\":\"l\",\"count\":0}",
                "{\"type\":\"leak\",\"rule\":\"r\",\"sink\":\"f\",\"logger\":\"l\",\"count\":1.5}",
                "{\"type\":\"leak\",\"rule\":\"r\",\"sink\":\"f\",\"logger\":\"l\",\"level\":1,\"count\":1}",
                "{\"type\":\"ack\",\"generation\":\"g\"}",
            })
    void hangsUpOnARedactorWhoseReportIsNone(String line) throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer redactor = pod.introduced("redactor", "r", socket);
        redactor.send(line);
        redactor.awaitHangUp();
        assertThat(socket.leaks()).isZero();
        assertThat(socket.acks()).isZero();
    }

    @Test
    void hangsUpOnAnApplicationThatReportsALeak() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer application = pod.introduced("application", "a", socket);
        application.send(LEAK);
        application.awaitHangUp();
        assertThat(socket.leaks()).isZero();
    }
}
