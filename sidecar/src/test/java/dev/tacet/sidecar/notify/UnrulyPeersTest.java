package dev.tacet.sidecar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
final class UnrulyPeersTest {
    private static final String ANNOUNCE_1 = "{\"type\":\"announce\",\"generation\":\"g1\"}";

    private final TestPod pod = new TestPod();

    @BeforeEach
    void makePod() throws IOException {
        pod.make();
    }

    @AfterEach
    void endPod() throws Exception {
        pod.end();
    }

    @Test
    void dropsAPeerThatDoesNotReadAndServesTheOthers() throws Exception {
        PodSocket socket = pod.start(TestPod.SHORT);
        TestPeer deaf = pod.open(TestPeer.connectDeaf(pod.path())).hello("redactor", "deaf");
        TestPeer application = pod.introduced("application", "app", socket);
        List<PublishedSecret> many = TestPod.secrets(60);
        // The kernel holds some 200 KiB for the deaf one, and the queue 256 KiB.
        for (int i = 0; i < 500; i++) {
            socket.published("g" + i, many);
            assertThat(application.next()).contains("\"g" + i + "\"");
        }
        assertThat(socket.announce("g1")).isEqualTo(Announcement.TO_NOBODY);
        deaf.startReading();
        deaf.awaitHangUp();
    }

    @Test
    void closesTheSeventeenthConnectionAndTakesAnotherWhenOneIsGone() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        List<TestPeer> sixteen = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            sixteen.add(pod.introduced("application", "app", socket));
        }
        pod.connect().awaitHangUp();
        sixteen.get(0).close();
        pod.introduced("application", "app", socket);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{",
                "{}",
                "[]",
                "null",
                "{\"type\":7}",
                "{\"type\":\"ready\"}",
                "{\"type\":\"unknown\"} {}",
                "{\"type\":\"unknown\",\"type\":\"unknown\"}",
                // versions that are not ours
                "{\"type\":\"hello\",\"v\":2,\"role\":\"redactor\",\"name\":\"n\"}",
                "{\"type\":\"hello\",\"v\":\"1\",\"role\":\"redactor\",\"name\":\"n\"}",
                "{\"type\":\"hello\",\"role\":\"redactor\",\"name\":\"n\"}",
                "{\"type\":\"hello\",\"v\":1,\"role\":\"king\",\"name\":\"n\"}",
                "{\"type\":\"hello\",\"v\":1,\"role\":\"redactor\"}"
            })
    void hangsUpOnWhatIsNoMessageAndTellsNothing(String line) throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer peer = pod.connect();
        peer.send(line);
        assertThat(peer.next()).isEqualTo(TestPeer.END);
        pod.introduced("application", "the next one", socket);
    }

    @Test
    void hangsUpOnBytesThatAreNoText() throws Exception {
        pod.start(TestPod.LONG);
        byte[] utf16 = "{\"type\":\"unknown\"}\n".getBytes(StandardCharsets.UTF_16BE);
        byte[] noUtf8 = {'{', '"', (byte) 0xff, '"', ':', '1', '}', '\n'};
        byte[] deep = ("[".repeat(4000) + "\n").getBytes(StandardCharsets.US_ASCII);
        for (byte[] bytes : List.of(utf16, noUtf8, deep)) {
            TestPeer peer = pod.connect();
            peer.sendBytes(bytes);
            peer.awaitHangUp();
        }
    }

    @Test
    void hangsUpOnAPeerThatSaysHelloTwice() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer peer = pod.introduced("application", "app", socket).hello("redactor", "app");
        peer.awaitHangUp();
    }

    @Test
    void warnsOfAPeerOnceAndNotWithoutEnd() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Peers.class);
        logger.addAppender(log);
        pod.open(() -> logger.detachAppender(log));
        pod.start(TestPod.LONG);
        for (int i = 0; i < 100; i++) {
            for (String name : List.of("same", "other\\n" + i)) {
                TestPeer peer = pod.connect().hello("application", name);
                peer.send("no message");
                peer.awaitHangUp();
            }
        }
        List<String> warnings = log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        assertThat(warnings)
                .hasSize(64)
                .doesNotHaveDuplicates()
                .startsWith(
                        "pod-local socket: hung up on same, which sent a line that is not JSON",
                        "pod-local socket: hung up on other_0, which sent a line that is not JSON");
    }

    @Test
    void takesALineOf4096BytesAndNoneOfMore() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        String start = "{\"type\":\"unknown\",\"x\":\"";
        String end = "\"}\n";
        String longest = start + "x".repeat(4096 - start.length() - end.length()) + end;
        TestPeer peer = pod.connect();
        peer.sendBytes(longest.getBytes(StandardCharsets.UTF_8));
        peer.hello("application", "app");
        peer.awaitIntroduced(socket);
        peer.sendBytes((start + "x" + longest.substring(start.length())).getBytes(StandardCharsets.UTF_8));
        peer.awaitHangUp();
    }

    @Test
    void readsMessagesHoweverTheyAreCut() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer peer = pod.connect();
        String both = """
                {"type":"future","x":[1]}\r
                {"name":"größe","type":"hello","v":1,"role":"redactor","more":{}}
                """;
        for (byte b : both.getBytes(StandardCharsets.UTF_8)) {
            peer.sendBytes(new byte[] {b});
        }
        peer.awaitIntroduced(socket);
        CompletableFuture<Announcement> announced = TestPod.announceAside(socket, "g1");
        assertThat(peer.next()).isEqualTo(ANNOUNCE_1);
        peer.close();
        assertThat(announced.get()).isEqualTo(Announcement.TO_NOBODY);
    }

    @Test
    void forgetsHalfALineWhenItsPeerHangsUp() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer peer = pod.introduced("redactor", "half", socket);
        CompletableFuture<Announcement> announced = TestPod.announceAside(socket, "g1");
        assertThat(peer.next()).isEqualTo(ANNOUNCE_1);
        peer.sendBytes("{\"type\":\"ready\",\"generation\":\"g1\"}".getBytes(StandardCharsets.UTF_8));
        peer.close();
        assertThat(announced.get()).isEqualTo(Announcement.TO_NOBODY);
    }

    @Test
    void neverStallsLongerThanTheTimeoutWhilePeersComeAndGo() throws Exception {
        Duration timeout = Duration.ofMillis(30);
        PodSocket socket = pod.start(timeout);
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> crowd = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            crowd.add(CompletableFuture.runAsync(() -> comeAndGo(random, over), TestPeer::startThread));
        }
        for (int i = 0; i < 100; i++) {
            long start = System.nanoTime();
            socket.announce("g" + i);
            socket.published("g" + i, TestPod.secrets(200));
            // Not a measurement: a machine under load may take its time, a stall would take for ever.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.plusSeconds(3));
        }
        over.set(true);
        for (CompletableFuture<Void> each : crowd) {
            each.get();
        }
        TestPeer peer = pod.introduced("redactor", "after all that", socket);
        CompletableFuture<Void> answered = peer.answer("last");
        socket.announce("last");
        answered.get();
    }

    /** Comes as anyone, does anything, goes. */
    private void comeAndGo(Random random, AtomicBoolean over) {
        while (!over.get()) {
            try (TestPeer peer = TestPeer.connect(pod.path())) {
                peer.hello(random.nextBoolean() ? "redactor" : "application", "peer-" + random.nextInt(5));
                for (int i = random.nextInt(4); i > 0; i--) {
                    switch (random.nextInt(4)) {
                        case 0 -> peer.ready("g" + random.nextInt(100));
                        case 1 -> peer.send("{\"type\":\"future\"}");
                        case 2 -> peer.sendBytes(new byte[random.nextInt(6000)]);
                        default ->
                            LockSupport.parkNanos(
                                    Duration.ofMillis(random.nextInt(50)).toNanos());
                    }
                }
            } catch (IOException e) {
                // Hung up on in the middle: comes again.
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        }
    }
}
