package dev.tacet.sidecar.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PodSocketTest {
    private static final String ANNOUNCE_1 = "{\"type\":\"announce\",\"generation\":\"g1\"}";
    private static final String ANNOUNCE_2 = "{\"type\":\"announce\",\"generation\":\"g2\"}";

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
    void waitsUntilEveryRedactorIsReady() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer one = pod.introduced("redactor", "one", socket);
        TestPeer two = pod.introduced("redactor", "two", socket);
        CompletableFuture<Announcement> announced = TestPod.announceAside(socket, "g1");
        assertThat(one.next()).isEqualTo(ANNOUNCE_1);
        assertThat(two.next()).isEqualTo(ANNOUNCE_1);
        one.ready("g1");
        // Answers that are none: for another generation, or said twice.
        two.ready("g0");
        one.ready("g1");
        // Who comes later is heard later.
        pod.introduced("application", "app", socket);
        assertThat(announced).isNotDone();
        two.ready("g1");
        assertThat(announced.get()).isEqualTo(new Announcement(2, List.of()));
    }

    @Test
    void waitsForNobodyWhenNobodyRedacts() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer stranger = pod.connect();
        TestPeer operator = pod.connect().hello("operator", "op");
        TestPeer application = pod.introduced("application", "app", socket);
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
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer leaving = pod.introduced("redactor", "leaving", socket);
        CompletableFuture<Announcement> announced = TestPod.announceAside(socket, "g1");
        assertThat(leaving.next()).isEqualTo(ANNOUNCE_1);
        leaving.close();
        assertThat(announced.get()).isEqualTo(Announcement.TO_NOBODY);
    }

    @Test
    void waitsForASilentRedactorOnceAndAgainWhenItHasAnswered() throws Exception {
        PodSocket impatient = pod.start(TestPod.SHORT);
        TestPeer silent = pod.introduced("redactor", "silent one", impatient);
        assertThat(impatient.announce("g1")).isEqualTo(new Announcement(0, List.of("silent_one")));
        // Were it waited for again, a hundred announcements would take 50 s.
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(impatient.announce("g2").silent()).containsExactly("silent_one");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
        // Any answer will do, and is heard before the hello of one who connects later.
        silent.ready("g1");
        pod.introduced("application", "app", impatient);
        CompletableFuture<Void> answered = silent.answer("g3");
        assertThat(impatient.announce("g3").ready()).isEqualTo(1);
        answered.get();
    }

    @Test
    void tellsALateRedactorOfTheLatestAnnouncementAndDoesNotWaitForIt() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer early = pod.introduced("redactor", "early", socket);
        CompletableFuture<Announcement> announced = TestPod.announceAside(socket, "g1");
        assertThat(early.next()).isEqualTo(ANNOUNCE_1);
        TestPeer late = pod.connect().hello("redactor", "late");
        assertThat(late.next()).isEqualTo(ANNOUNCE_1);
        early.ready("g1");
        assertThat(announced.get()).isEqualTo(new Announcement(1, List.of()));
        // From the next one on it is.
        CompletableFuture<Announcement> next = TestPod.announceAside(socket, "g2");
        assertThat(early.next()).isEqualTo(ANNOUNCE_2);
        assertThat(late.next()).isEqualTo(ANNOUNCE_2);
        early.ready("g2");
        late.ready("g2");
        assertThat(next.get()).isEqualTo(new Announcement(2, List.of()));
    }

    @Test
    void letsOnlyTheUsersConnectThatAreNamed() throws Exception {
        int own = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        PodSocket socket = pod.start(TestPod.LONG, Set.of(own, own + 1));
        pod.introduced("application", "app", socket);
        socket.close();
        pod.start(TestPod.LONG, Set.of(own + 1));
        pod.connect().awaitHangUp();
    }

    @Test
    void hangsUpOnAUserWhoTalksWithoutEndOverAllItsConnections() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer one = pod.introduced("application", "one", socket);
        TestPeer two = pod.introduced("application", "two", socket);
        for (int i = 0; i < PeerUsers.BURST / 2; i++) {
            one.send("{\"type\":\"ack\",\"generation\":\"g1\"}");
        }
        while (socket.acks() < PeerUsers.BURST / 2) {
            Thread.sleep(1);
        }
        assertThat(socket.peers()).as("as much as is allowed is heard").isEqualTo(2);
        byte[] flood = "{\"type\":\"ack\",\"generation\":\"g1\"}\n"
                .repeat(PeerUsers.BURST)
                .getBytes(UTF_8);
        try {
            two.sendBytes(flood);
        } catch (IOException e) {
            assertThat(e).as("hung up on while it talked").hasMessageContaining("Broken pipe");
        }
        two.awaitHangUp();
    }

    @Test
    void hangsUpOnAllAndRemovesItsFileAtTheEnd() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer redactor = pod.introduced("redactor", "one", socket);
        CompletableFuture<Announcement> announced = TestPod.announceAside(socket, "g1");
        assertThat(redactor.next()).isEqualTo(ANNOUNCE_1);
        socket.close();
        redactor.awaitHangUp();
        assertThat(announced.get()).isEqualTo(Announcement.TO_NOBODY);
        assertThat(pod.path()).doesNotExist();

        PodSocket successor = pod.start(TestPod.LONG);
        socket.close();
        assertThat(pod.path()).exists();
        assertThat(socket.announce("g2")).isEqualTo(Announcement.TO_NOBODY);
        socket.published("g2", List.of());
        pod.introduced("application", "app", successor);
        assertThatThrownBy(socket::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endsTheWaitAtAnInterruptAndLeavesTheFlagSet() throws Exception {
        PodSocket socket = pod.start(TestPod.LONG);
        TestPeer peer = pod.introduced("redactor", "slow", socket);
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
}
