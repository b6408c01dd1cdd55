package dev.tacet.sidecar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AcknowledgementsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestPod pod = new TestPod();
    private final CountedRequests requests = new CountedRequests();
    private PodSocket socket;

    @BeforeEach
    void makePod() throws IOException {
        pod.make();
        socket = pod.start(requests);
    }

    @AfterEach
    void endPod() throws Exception {
        pod.end();
    }

    private static void ack(TestPeer peer, String generation) throws IOException {
        peer.send("{\"type\":\"ack\",\"generation\":\"" + generation + "\"}");
    }

    /** The socket's thread takes one thing after another: a peer that is told this was told all that was before. */
    private void publish(String generation, TestPeer... told) throws InterruptedException {
        socket.published(generation, List.of());
        for (TestPeer peer : told) {
            assertThat(peer.next()).contains("\"" + generation + "\"");
        }
    }

    private void awaitNudges(int count) {
        Wait.until("acknowledgements are heard", SOON, () -> requests.acknowledgements() >= count);
    }

    @Test
    void isSettledWhenEveryApplicationThatWasToldUsesItOrALaterOne() throws Exception {
        TestPeer one = pod.introduced("application", "one", socket);
        TestPeer two = pod.introduced("application", "two", socket);
        publish("g1", one, two);
        ack(one, "g1");
        awaitNudges(1);
        assertThat(socket.isSettled("g1")).isFalse();
        publish("g2", one, two);
        ack(two, "g2");
        awaitNudges(2);
        assertThat(socket.isSettled("g1")).isTrue();
        assertThat(socket.isSettled("g2")).isFalse();
        ack(one, "g2");
        awaitNudges(3);
        assertThat(socket.isSettled("g2")).isTrue();
    }

    @Test
    void hearsAnAcknowledgementThatComesBeforeTheGenerationIsTold() throws Exception {
        TestPeer fast = pod.introduced("application", "fast", socket);
        publish("g1", fast);
        ack(fast, "g2");
        awaitNudges(1);
        assertThat(socket.isSettled("g1")).as("g2 may have been before it").isFalse();
        publish("g2", fast);
        assertThat(socket.isSettled("g2")).isTrue();
        assertThat(socket.isSettled("g1")).isTrue();
        assertThat(requests.acknowledgements())
                .as("the core is told again, now that it matters")
                .isEqualTo(2);
        publish("g3", fast);
        assertThat(socket.isSettled("g3")).isFalse();
    }

    @Test
    void waitsForAnApplicationThatComesWhenItHasBeenTold() throws Exception {
        TestPeer here = pod.introduced("application", "here", socket);
        publish("g1", here);
        TestPeer late = pod.introduced("application", "late", socket);
        ack(here, "g1");
        ack(late, "g0");
        awaitNudges(2);
        assertThat(socket.isSettled("g1")).as("it uses what was before").isFalse();
        ack(late, "g1");
        awaitNudges(3);
        assertThat(socket.isSettled("g1")).isTrue();
    }

    @Test
    void isNotSettledByOneThatHangsUpWithoutAWordNorWithNobodyTold() throws Exception {
        publish("g0");
        TestPeer leaving = pod.introduced("application", "leaving", socket);
        TestPeer staying = pod.introduced("application", "staying", socket);
        assertThat(socket.isSettled("g0")).as("nobody was told").isFalse();
        publish("g1", leaving, staying);
        leaving.close();
        ack(staying, "g1");
        awaitNudges(1);
        Wait.until("it is gone", SOON, () -> socket.peers() == 1);
        assertThat(socket.isSettled("g1")).isFalse();
    }
}
