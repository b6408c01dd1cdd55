package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.status.Status;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FailClosedTest {
    private static final String CANARY = "canary-7Yk2pQ";
    private static final String PLACEHOLDER = "[REDACTION-ERROR]" + System.lineSeparator();

    private final ContextBase context = new ContextBase();
    private final Redactor redactor =
            Redactor.builder().secret("s", SecretValue.ofUtf8(CANARY)).build();

    /** Says what it is given, or throws it. */
    private static final class Throwing extends EncoderBase<Object> {
        @Override
        public byte[] headerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] encode(Object event) {
            if (event instanceof Throwable broken) {
                FailClosedTest.<RuntimeException>sneak(broken);
            }
            return event.toString().getBytes(UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return new byte[0];
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable broken) throws T {
        throw (T) broken;
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException(CANARY),
                new IOException(CANARY),
                new OutOfMemoryError(CANARY),
                new StackOverflowError(CANARY),
                new NoClassDefFoundError(CANARY),
                new InterruptedException(CANARY));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void writesThePlaceholderWhateverTheEncoderThrows(Throwable broken) {
        RedactingEncoder<Object> encoder = started(() -> redactor);
        assertThat(encoder.encode(broken)).asString().isEqualTo(PLACEHOLDER);
        assertThat(encoder.placeholders()).isEqualTo(1);
        assertThat(encoder.encode("<" + CANARY + ">")).asString().isEqualTo("<[REDACTED:s]>");
        assertThat(errors()).hasSize(1);
        assertThat(errors().toString().contains(CANARY)).isFalse();
    }

    @Test
    void writesThePlaceholderWhenThereIsNoRedactor() {
        RedactingEncoder<Object> encoder = started(() -> {
            throw new OutOfMemoryError(CANARY);
        });
        assertThat(encoder.encode(CANARY)).asString().isEqualTo(PLACEHOLDER);
    }

    @Test
    void survivesAnEventThatUsesUpTheStack() {
        RedactingEncoder<Object> encoder = started(() -> redactor);
        Object endless = new Object() {
            @Override
            public String toString() {
                return CANARY + this;
            }
        };
        assertThat(encoder.encode(endless)).asString().isEqualTo(PLACEHOLDER);
    }

    @Test
    void complainsEverMoreSeldom() {
        RedactingEncoder<Object> encoder = started(() -> redactor);
        for (int i = 0; i < 1000; i++) {
            encoder.encode(new IllegalStateException(CANARY));
        }
        assertThat(encoder.placeholders()).isEqualTo(1000);
        assertThat(errors()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no encoder inside
                "<encoder class=\"dev.tacet.redactor.logback.RedactingEncoder\"><volume>/dev/null</volume></encoder>",
                // no volume
                "<encoder class=\"dev.tacet.redactor.logback.RedactingEncoder\">"
                        + "<encoder><pattern>%msg</pattern></encoder></encoder>",
                // an empty one
                "<encoder class=\"dev.tacet.redactor.logback.RedactingEncoder\"><volume> </volume>"
                        + "<encoder><pattern>%msg</pattern></encoder></encoder>",
            })
    void letsNothingOutWhenMisconfigured(String xml, @TempDir Path directory) throws IOException {
        try (LoggingRun run = new LoggingRun(directory, xml)) {
            assertThat(new String(run.log(log -> log.info(CANARY)), UTF_8)).isEqualTo(PLACEHOLDER);
            assertThat(run.complaints().toString()).contains("RedactingEncoder");
        }
    }

    @Test
    void endsTheWatcherWithItsLastEncoder(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("key"), CANARY);
        RedactingEncoder<Object> first = watching(directory);
        RedactingEncoder<Object> second = watching(directory);
        SharedWatcher shared = acquire(context, List.of(directory));
        first.stop();
        second.stop();
        assertThat(shared.isStarted()).isTrue();
        shared.release();
        assertThat(shared.isStarted()).isFalse();
        // Events and footers that are still on their way.
        assertThat(second.encode(CANARY)).asString().isEqualTo("[REDACTED:key]");
    }

    @Test
    void endsTheWatcherWhenTheContextIsReset(@TempDir Path directory) throws Exception {
        RedactingEncoder<Object> encoder = watching(directory);
        SharedWatcher shared = acquire(context, List.of(directory));
        context.reset();
        assertThat(shared.isStarted()).isFalse();
        assertThat(acquire(context, List.of(directory))).isNotSameAs(shared);
        encoder.stop();
        context.reset();
    }

    private RedactingEncoder<Object> watching(Path directory) {
        RedactingEncoder<Object> encoder = new RedactingEncoder<>();
        encoder.setContext(context);
        encoder.setEncoder(new Throwing());
        encoder.addVolume(directory.toString());
        encoder.start();
        return encoder;
    }

    private RedactingEncoder<Object> started(Supplier<Redactor> supplier) {
        RedactingEncoder<Object> encoder = new RedactingEncoder<>();
        encoder.setContext(context);
        encoder.setEncoder(new Throwing());
        encoder.setRedactor(supplier);
        encoder.start();
        return encoder;
    }

    private List<String> errors() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getLevel() == Status.ERROR)
                .map(status -> status.getMessage() + status.getThrowable())
                .toList();
    }

    private static SharedWatcher acquire(Context context, List<Path> volumes) throws IOException {
        return SharedWatcher.acquire(context, new SharedWatcher.Key(volumes, List.of(), true));
    }
}
