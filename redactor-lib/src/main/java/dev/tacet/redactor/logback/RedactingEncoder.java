package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.tacet.redactor.Redactor;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Wraps another encoder and masks secrets in all that it writes: header, events, footer.
 *
 * <pre>{@code
 * <encoder class="dev.tacet.redactor.logback.RedactingEncoder">
 *   <volume>/run/tacet</volume>
 *   <encoder class="ch.qos.logback.classic.encoder.PatternLayoutEncoder"><pattern>%msg%n</pattern></encoder>
 * </encoder>
 * }</pre>
 *
 * <p>Fails closed. Whatever the wrapped encoder or the redaction throws, and when this encoder could not start, the line
 * {@value #PLACEHOLDER} stands for the event; {@link #placeholders} counts it, and Logback's status tells of it the first,
 * second, fourth, eighth … time, without a word of the event. Nothing is thrown to the application.
 *
 * <p>A setter has no effect after {@link #start}. {@link #encode} may be called by any number of threads if that holds for
 * the wrapped encoder.
 */
public final class RedactingEncoder<E> extends EncoderBase<E> {
    private static final String PLACEHOLDER = "[REDACTION-ERROR]";
    private static final byte[] NOTHING = {};

    private final List<Path> volumes = new ArrayList<>();
    private final AtomicLong placeholders = new AtomicLong();
    private @Nullable Supplier<Redactor> given;
    private @Nullable Charset charset;
    private @Nullable SharedWatcher shared;
    // Written before the outlet, read after it.
    private @Nullable Encoder<E> delegate;
    private byte[] placeholder = (PLACEHOLDER + System.lineSeparator()).getBytes(UTF_8);
    // null until the first start that succeeds; kept by stop, for the footer and for events still on their way.
    private volatile @Nullable Outlet outlet;

    /** A directory of secrets to mask; may be called several times. It need not exist yet. */
    public void addVolume(String directory) {
        if (directory.isBlank()) {
            addError("a <volume> is empty: name the directory that holds the secrets");
        } else {
            volumes.add(Path.of(directory.trim()));
        }
    }

    /** The encoder to wrap. */
    public void setEncoder(Encoder<E> encoder) {
        this.delegate = encoder;
        this.charset = null;
    }

    /** Masks what this redactor knows, instead of a volume's values. Asked anew for each event. */
    public void setRedactor(Supplier<Redactor> redactor) {
        this.given = redactor;
    }

    /** How many times the placeholder was written. */
    public long placeholders() {
        return placeholders.get();
    }

    @Override
    public void start() {
        if (isStarted()) {
            return;
        }
        Encoder<E> wrapped = delegate;
        if (wrapped == null) {
            addError(
                    "no <encoder> inside the RedactingEncoder: put the encoder to wrap there; until then every event is "
                            + PLACEHOLDER);
            return;
        }
        if (volumes.isEmpty() == (given == null)) {
            addError(
                    "the RedactingEncoder needs either a <volume> or a redactor, and not both; until then every event is "
                            + PLACEHOLDER);
            return;
        }
        try {
            start(wrapped);
        } catch (RuntimeException | Error broken) {
            addError("the RedactingEncoder did not start (" + broken.getClass().getName()
                    + "); until then every event is " + PLACEHOLDER);
        }
    }

    private void start(Encoder<E> wrapped) {
        if (charset == null) {
            charset = Outlet.takeOver(wrapped);
        }
        placeholder = (PLACEHOLDER + System.lineSeparator()).getBytes(charset);
        if (wrapped.getContext() == null) {
            wrapped.setContext(getContext());
        }
        if (!wrapped.isStarted()) {
            wrapped.start();
        }
        Supplier<Redactor> redactor = given;
        if (redactor == null) {
            shared = SharedWatcher.acquire(getContext(), List.copyOf(volumes));
            redactor = shared.redactor();
        }
        outlet = new Outlet(redactor, charset);
        super.start();
    }

    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        if (delegate != null) {
            delegate.stop();
        }
        if (shared != null) {
            shared.release();
            shared = null;
        }
    }

    @Override
    public byte @Nullable [] headerBytes() {
        Outlet out = outlet;
        if (out == null || delegate == null) {
            return NOTHING;
        }
        try {
            return out.redact(delegate.headerBytes());
        } catch (Throwable broken) {
            return failed(broken);
        }
    }

    @Override
    public byte @Nullable [] encode(E event) {
        Outlet out = outlet;
        if (out == null || delegate == null) {
            placeholders.incrementAndGet();
            return placeholder;
        }
        try {
            return out.redact(delegate.encode(event));
        } catch (Throwable broken) {
            return failed(broken);
        }
    }

    @Override
    public byte @Nullable [] footerBytes() {
        Outlet out = outlet;
        if (out == null || delegate == null) {
            return NOTHING;
        }
        try {
            return out.redact(delegate.footerBytes());
        } catch (Throwable broken) {
            return failed(broken);
        }
    }

    /** The message of {@code broken} may quote the event; its class cannot. */
    private byte[] failed(Throwable broken) {
        long count = placeholders.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            try {
                addError(count + " times an event could not be redacted and " + PLACEHOLDER + " was written instead ("
                        + broken.getClass().getName() + ")");
            } catch (Throwable again) {
                // No memory or no stack left to say it. The count is right and the next power of two will tell.
                return placeholder;
            }
        }
        return placeholder;
    }
}
