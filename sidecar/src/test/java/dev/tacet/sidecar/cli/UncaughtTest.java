package dev.tacet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is shown of an exception that ends a thread. */
final class UncaughtTest {
    private static final String CANARY = "canary-8sKw2LqZ";

    @Test
    void showsTypeAndPlaceButNoMessage() throws InterruptedException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            Thread thread = new Thread(
                    () -> {
                        throw new IllegalStateException(CANARY);
                    },
                    "tacet-test");
            thread.setUncaughtExceptionHandler(Errors::uncaught);
            thread.start();
            thread.join();
        } finally {
            System.setErr(before);
        }
        String text = shown.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains("tacet: error: unexpected java.lang.IllegalStateException at dev.tacet.")
                .contains("in thread tacet-test");
        assertThat(text.contains(CANARY)).as("the message is shown").isFalse();
    }
}
