package dev.tacet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.Wakeup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EndSignalTest {
    private final Wakeup wakeup = new Wakeup();

    @Test
    void cutsShortWhatTheCoreIsAtAndSaysSo() throws Exception {
        EndSignal signal = new EndSignal(Thread.currentThread(), wakeup);
        signal.interrupt();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(wakeup.isStopped()).isTrue();
        assertThat(signal.heed()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void leavesACoreAloneThatEndsBySomethingElse() {
        EndSignal signal = new EndSignal(Thread.currentThread(), wakeup);
        assertThat(signal.heed()).isFalse();
        signal.interrupt();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(wakeup.isStopped()).isTrue();
    }

    /** A core that sees the stop before it is interrupted must not be interrupted while it revokes and wipes. */
    @Test
    void neverInterruptsWhatTheCoreDoesToEnd_row53() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            assertThat(endsUndisturbed(new Wakeup())).as("life %d", i).isTrue();
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    /** This thread is the core, which sees that it is to stop as soon as anybody can. */
    private static boolean endsUndisturbed(Wakeup wakeup) throws InterruptedException {
        EndSignal signal = new EndSignal(Thread.currentThread(), wakeup);
        Thread hook = new Thread(signal::interrupt);
        hook.start();
        while (!wakeup.isStopped()) {
            Thread.onSpinWait();
        }
        boolean came = signal.heed();
        while (hook.isAlive()) {
            Thread.onSpinWait(); // to join it would be to trip over its interrupt
        }
        return came && !Thread.currentThread().isInterrupted();
    }
}
