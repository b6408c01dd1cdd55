package dev.tacet.sidecar.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
final class PodSocketTest {
    /** Never reached by a test that is green. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String ANNOUNCE_1 = "{\"type\":\"announce\",\"generation\":\"g1\"}";
    private static final String ANNOUNCE_2 = "{\"type\":\"announce\",\"generation\":\"g2\"}";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path directory;
    private Path path;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory(SocketFileTest.MEMORY, "tacet-notify");
        path = directory.resolve("tacet.sock");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        // Fails when anything is left in it.
        Files.delete(directory);
    }

    @Test
    void waitsUntilEveryRedactorIsReady() throws Exception {
        PodSocket socket = start(LONG);
        TestPeer one = introduced("redactor", "one", socket);
        TestPeer two = introduced("redactor", "two", socket);
        CompletableFuture<Announcement> announced = announceAside(socket, "g1");
        assertThat(one.next()).isEqualTo(ANNOUNCE_1);
        assertThat(two.next()).isEqualTo(ANNOUNCE_1);
        one.ready("g1");
        // Answers that are none: for another generation, or said twice.
        two.ready("g0");
        one.ready("g1");
        assertThat(announced).isNotDone();
        two.ready("g1");
        assertThat(announced.get()).isEqualTo(new Announcement(2, List.of()));
    }

    @Test
    void waitsForNobodyWhenNobodyRedacts() throws Exception {
        PodSocket socket = start(LONG);
        TestPeer stranger = connect();
        TestPeer operator = connect().hello("operator", "op");
        TestPeer application = introduced("application", "app", socket);
        assertThat(socket.announce("g1")).isEqualTo(Announcement.TO_NOBODY);
        socket.published("g1", List.of(new PublishedSecret("db", "3")));
        assertThat(application.next())
                .isEqualTo(
                        "{\"type\":\"published\",\"generation\":\"g1\",\"secrets\":[{\"name\":\"db\",\"version\":\"3\"}]}");
        // The others are told nothing: the first thing they get is the end that they ask for.
        for (TestPeer other : List.of(stranger, operator)) {
            other.send("no message");
            assertThat(other.next()).isEqualTo(TestPeer.END);
        }
    }

    @Test
    void doesNotWaitForARedactorThatHangsUp() throws Exception {
        PodSocket socket = start(LONG);
        TestPeer leaving = introduced("redactor", "leaving", socket);
        CompletableFuture<Announcement> announced = announceAside(socket, "g1");
        assertThat(leaving.next()).isEqualTo(ANNOUNCE_1);
        leaving.close();
        assertThat(announced.get()).isEqualTo(Announcement.TO_NOBODY);
    }

    @Test
    void waitsForASilentRedactorOnceAndAgainWhenItHasAnswered() throws Exception {
        PodSocket impatient = start(SHORT);
        TestPeer silent = introduced("redactor", "silent one", impatient);
        assertThat(impatient.announce("g1")).isEqualTo(new Announcement(0, List.of("silent_one")));
        // Were it waited for again, a hundred announcements would take 50 s.
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(impatient.announce("g2").silent()).containsExactly("silent_one");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
        // Any answer will do, and is heard before the hello of one who connects later.
        silent.ready("g1");
        introduced("application", "app", impatient);
        CompletableFuture<Void> answered = silent.answer("g3");
        assertThat(impatient.announce("g3").ready()).isEqualTo(1);
        answered.get();
    }

    @Test
    void tellsALateRedactorOfTheLatestAnnouncementAndDoesNotWaitForIt() throws Exception {
        PodSocket socket = start(LONG);
        TestPeer early = introduced("redactor", "early", socket);
        CompletableFuture<Announcement> announced = announceAside(socket, "g1");
        assertThat(early.next()).isEqualTo(ANNOUNCE_1);
        TestPeer late = connect().hello("redactor", "late");
        assertThat(late.next()).isEqualTo(ANNOUNCE_1);
        early.ready("g1");
        assertThat(announced.get()).isEqualTo(new Announcement(1, List.of()));
        // From the next one on it is.
        CompletableFuture<Announcement> next = announceAside(socket, "g2");
        assertThat(early.next()).isEqualTo(ANNOUNCE_2);
        assertThat(late.next()).isEqualTo(ANNOUNCE_2);
        early.ready("g2");
        late.ready("g2");
        assertThat(next.get()).isEqualTo(new Announcement(2, List.of()));
    }

    @Test
    void dropsAPeerThatDoesNotReadAndServesTheOthers() throws Exception {
        PodSocket socket = start(SHORT);
        TestPeer deaf = open(TestPeer.connectDeaf(path)).hello("redactor", "deaf");
        TestPeer application = introduced("application", "app", socket);
        List<PublishedSecret> many = secrets(60);
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
        PodSocket socket = start(LONG);
        List<TestPeer> sixteen = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            sixteen.add(introduced("application", "app", socket));
        }
        connect().awaitHangUp();
        sixteen.get(0).close();
        introduced("application", "app", socket);
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
        PodSocket socket = start(LONG);
        TestPeer peer = connect();
        peer.send(line);
        assertThat(peer.next()).isEqualTo(TestPeer.END);
        introduced("application", "the next one", socket);
    }

    @Test
    void hangsUpOnBytesThatAreNoText() throws Exception {
        start(LONG);
        byte[] utf16 = "{\"type\":\"unknown\"}\n".getBytes(StandardCharsets.UTF_16BE);
        byte[] noUtf8 = {'{', '"', (byte) 0xff, '"', ':', '1', '}', '\n'};
        byte[] deep = ("[".repeat(4000) + "\n").getBytes(StandardCharsets.US_ASCII);
        for (byte[] bytes : List.of(utf16, noUtf8, deep)) {
            TestPeer peer = connect();
            peer.sendBytes(bytes);
            peer.awaitHangUp();
        }
    }

    @Test
    void hangsUpOnAPeerThatSaysHelloTwice() throws Exception {
        PodSocket socket = start(LONG);
        TestPeer peer = introduced("application", "app", socket).hello("redactor", "app");
        peer.awaitHangUp();
    }

    @Test
    void warnsOfAPeerOnceAndNotWithoutEnd() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Peers.class);
        logger.addAppender(log);
        opened.add(() -> logger.detachAppender(log));
        start(LONG);
        for (int i = 0; i < 100; i++) {
            for (String name : List.of("same", "other\\n" + i)) {
                TestPeer peer = connect().hello("application", name);
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
        PodSocket socket = start(LONG);
        String start = "{\"type\":\"unknown\",\"x\":\"";
        String end = "\"}\n";
        String longest = start + "x".repeat(4096 - start.length() - end.length()) + end;
        TestPeer peer = connect();
        peer.sendBytes(longest.getBytes(StandardCharsets.UTF_8));
        peer.hello("application", "app");
        peer.awaitIntroduced(socket);
        peer.sendBytes((start + "x" + longest.substring(start.length())).getBytes(StandardCharsets.UTF_8));
        peer.awaitHangUp();
    }

    @Test
    void readsMessagesHoweverTheyAreCut() throws Exception {
        PodSocket socket = start(LONG);
        TestPeer peer = connect();
        String both = """
                {"type":"future","x":[1]}\r
                {"name":"größe","type":"hello","v":1,"role":"redactor","more":{}}
                """;
        for (byte b : both.getBytes(StandardCharsets.UTF_8)) {
            peer.sendBytes(new byte[] {b});
        }
        peer.awaitIntroduced(socket);
        CompletableFuture<Announcement> announced = announceAside(socket, "g1");
        assertThat(peer.next()).isEqualTo(ANNOUNCE_1);
        peer.close();
        assertThat(announced.get()).isEqualTo(Announcement.TO_NOBODY);
    }

    @Test
    void forgetsHalfALineWhenItsPeerHangsUp() throws Exception {
        PodSocket socket = start(LONG);
        TestPeer peer = introduced("redactor", "half", socket);
        CompletableFuture<Announcement> announced = announceAside(socket, "g1");
        assertThat(peer.next()).isEqualTo(ANNOUNCE_1);
        peer.sendBytes("{\"type\":\"ready\",\"generation\":\"g1\"}".getBytes(StandardCharsets.UTF_8));
        peer.close();
        assertThat(announced.get()).isEqualTo(Announcement.TO_NOBODY);
    }

    @Test
    void hangsUpOnAllAndRemovesItsFileAtTheEnd() throws Exception {
        PodSocket socket = start(LONG);
        TestPeer redactor = introduced("redactor", "one", socket);
        CompletableFuture<Announcement> announced = announceAside(socket, "g1");
        assertThat(redactor.next()).isEqualTo(ANNOUNCE_1);
        socket.close();
        redactor.awaitHangUp();
        assertThat(announced.get()).isEqualTo(Announcement.TO_NOBODY);
        assertThat(path).doesNotExist();

        PodSocket successor = start(LONG);
        socket.close();
        assertThat(path).exists();
        assertThat(socket.announce("g2")).isEqualTo(Announcement.TO_NOBODY);
        socket.published("g2", List.of());
        introduced("application", "app", successor);
        assertThatThrownBy(socket::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endsTheWaitAtAnInterruptAndLeavesTheFlagSet() throws Exception {
        PodSocket socket = start(LONG);
        TestPeer peer = introduced("redactor", "slow", socket);
        Thread.currentThread().interrupt();
        Announcement announcement = socket.announce("g1");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(announcement.ready()).isZero();
        // It was not given its time, so it is waited for as before.
        assertThat(peer.next()).isEqualTo(ANNOUNCE_1);
        CompletableFuture<Void> answered = peer.answer("g2");
        assertThat(socket.announce("g2").ready()).isEqualTo(1);
        answered.get();
    }

    @Test
    void neverStallsLongerThanTheTimeoutWhilePeersComeAndGo() throws Exception {
        Duration timeout = Duration.ofMillis(30);
        PodSocket socket = start(timeout);
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> crowd = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            crowd.add(CompletableFuture.runAsync(() -> comeAndGo(random, over), TestPeer::startThread));
        }
        for (int i = 0; i < 100; i++) {
            long start = System.nanoTime();
            socket.announce("g" + i);
            socket.published("g" + i, secrets(200));
            // Not a measurement: a machine under load may take its time, a stall would take for ever.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.plusSeconds(3));
        }
        over.set(true);
        for (CompletableFuture<Void> each : crowd) {
            each.get();
        }
        TestPeer peer = introduced("redactor", "after all that", socket);
        CompletableFuture<Void> answered = peer.answer("last");
        socket.announce("last");
        answered.get();
    }

    /** Comes as anyone, does anything, goes. */
    private void comeAndGo(Random random, AtomicBoolean over) {
        while (!over.get()) {
            try (TestPeer peer = TestPeer.connect(path)) {
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

    private PodSocket start(Duration timeout) throws IOException {
        PodSocket socket = open(new PodSocket(path, timeout, PodSocketTest::thread));
        socket.start();
        return socket;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tacet-socket");
        thread.setDaemon(true);
        return thread;
    }

    private TestPeer connect() throws IOException {
        return open(TestPeer.connect(path));
    }

    private TestPeer introduced(String role, String name, PodSocket socket) throws Exception {
        return connect().hello(role, name).awaitIntroduced(socket);
    }

    private static CompletableFuture<Announcement> announceAside(PodSocket socket, String generation) {
        return CompletableFuture.supplyAsync(() -> socket.announce(generation), TestPeer::startThread);
    }

    /** So many that they need several lines when there are more than about 100. */
    private static List<PublishedSecret> secrets(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PublishedSecret("secret-" + i, "1"))
                .toList();
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.add(closeable);
        return closeable;
    }
}
