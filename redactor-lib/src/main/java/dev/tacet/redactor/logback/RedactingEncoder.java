package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.tacet.redactor.LeakListener;
import dev.tacet.redactor.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.function.Function;
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
    private static final String PLACEHOLDER = Masking.PLACEHOLDER;
    private static final byte[] NOTHING = {};
    private static final int MOST_HELD = 1 << 20;

    private final Settings settings = new Settings();
    private final Failures failures = new Failures();
    private String sink = "encoder";
    private @Nullable LeakSink given;
    private @Nullable Charset charset;
    // Written before the outlet, read after it.
    private @Nullable Encoder<E> delegate;
    private byte[] placeholder = (PLACEHOLDER + System.lineSeparator()).getBytes(UTF_8);
    // null until the first start that succeeds; kept by stop, for the footer and for events still on their way.
    private volatile @Nullable Outlet outlet;
    // Written before the outlet, read after it; null when nothing is to wait.
    private @Nullable Held<byte[]> held;

    /** An encoder without settings, as Joran makes it. */
    public RedactingEncoder() {}

    /** A directory of secrets to mask; may be called several times. It need not exist yet. */
    public void addVolume(String directory) {
        settings.addVolume(directory, this);
    }

    /** A file of token rules in gitleaks' format; may be called several times. */
    public void addRules(String file) {
        settings.addRules(file, this);
    }

    /** Whether to look for tokens by the library's own rules too; so by default. */
    public void setBuiltInRules(boolean wanted) {
        settings.builtInRules(wanted);
    }

    /** The encoder to wrap. */
    public void setEncoder(Encoder<E> encoder) {
        this.delegate = encoder;
        this.charset = null;
    }

    /** Masks what this redactor knows, instead of a volume's values. Asked anew for each event. */
    public void setRedactor(Supplier<Redactor> redactor) {
        settings.redactor(redactor);
    }

    /** What leak reports call this; {@code encoder} by default. An appender's name says more. */
    public void setSink(String name) {
        this.sink = name;
    }

    /** Hears of what this encoder masked, once a second for each kind, on a thread of its own. */
    public void setLeakListener(LeakListener listener) {
        settings.leakListener(listener);
    }

    /**
     * Whether events wait until each volume was read once, rather than go out with token rules alone applied; not by default. At most
     * {@value #MOST_HELD} bytes wait, and go out before the next event does; what is more is dropped, and one placeholder stands for it.
     */
    public void setHold(boolean wanted) {
        settings.hold(wanted);
    }

    /** Reports where an appender does that this is a part of. */
    void sink(LeakSink sink) {
        this.given = sink;
    }

    /** Whether what leaves it was masked by that one, here or further in. */
    boolean masksBy(Supplier<Redactor> redactor) {
        Outlet out = outlet;
        return (out != null && out.masksBy(redactor))
                || (delegate instanceof RedactingEncoder<?> inner && inner.masksBy(redactor));
    }

    /** How many times the placeholder was written. */
    public long placeholders() {
        return failures.count();
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
        if (!settings.isComplete()) {
            addError("the RedactingEncoder needs a <volume>, <rules>, or else a redactor; until then every event is "
                    + PLACEHOLDER);
            return;
        }
        try {
            start(wrapped);
        } catch (IOException broken) {
            addError("the RedactingEncoder did not start (" + broken.getMessage() + "); until then every event is "
                    + PLACEHOLDER);
        } catch (RuntimeException | Error broken) {
            addError("the RedactingEncoder did not start (" + broken.getClass().getName()
                    + "); until then every event is " + PLACEHOLDER);
        }
    }

    private void start(Encoder<E> wrapped) throws IOException {
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
        Supplier<Redactor> redactor = settings.start(getContext());
        held = settings.held(MOST_HELD, () -> {});
        outlet = new Outlet(redactor, given == null ? settings.sink(sink) : given, charset);
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
        Held<byte[]> waiting = held;
        if (waiting != null) {
            failures.addDropped(waiting.drop(), this);
        }
        settings.stop();
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return redacted(Encoder::headerBytes);
    }

    @Override
    public byte @Nullable [] encode(E event) {
        Outlet out = outlet;
        if (out == null || delegate == null) {
            failures.add();
            return placeholder;
        }
        try {
            byte[] bytes = delegate.encode(event);
            Held<byte[]> waiting = held;
            return waiting == null || waiting.isOpen() ? out.redact(bytes, event) : held(waiting, bytes, out, event);
        } catch (Throwable broken) {
            return failed(broken);
        }
    }

    @Override
    public byte @Nullable [] footerBytes() {
        Outlet out = outlet;
        Held<byte[]> waiting = held;
        if (out == null || waiting == null || waiting.isOpen()) {
            return redacted(Encoder::footerBytes);
        }
        // This may be the end, as Logback stops no encoder; or a file that rolls over, so what has to wait goes on
        // waiting.
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(released(waiting, out));
        all.writeBytes(redacted(() -> redacted(Encoder::footerBytes)));
        return all.toByteArray();
    }

    /** What stands before or behind all events. */
    private byte @Nullable [] redacted(Function<Encoder<E>, byte @Nullable []> bytes) {
        Outlet out = outlet;
        if (out == null || delegate == null) {
            return NOTHING;
        }
        try {
            return out.redact(bytes.apply(delegate), null);
        } catch (Throwable broken) {
            return failed(broken);
        }
    }

    /** What goes out while some wait: nothing, or all of them and this. */
    private byte @Nullable [] held(Held<byte[]> waiting, byte @Nullable [] bytes, Outlet out, E event) {
        if (bytes == null || waiting.hold(bytes, bytes.length)) {
            return NOTHING;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(released(waiting, out));
        all.writeBytes(redacted(() -> out.redact(bytes, event)));
        return all.toByteArray();
    }

    /** What waited, if the secrets are known. */
    private byte[] released(Held<byte[]> waiting, Outlet out) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Held.Released<byte[]> released = waiting.release();
        for (byte[] line : released.items()) {
            all.writeBytes(redacted(() -> out.redact(line, null)));
        }
        if (released.dropped() > 0) {
            failures.addDropped(released.dropped(), this);
            all.writeBytes(placeholder);
        }
        return all.toByteArray();
    }

    private byte[] redacted(Supplier<byte @Nullable []> bytes) {
        try {
            byte[] redacted = bytes.get();
            return redacted == null ? NOTHING : redacted;
        } catch (Throwable broken) {
            return failed(broken);
        }
    }

    private byte[] failed(Throwable broken) {
        failures.add(broken, "redacted and " + PLACEHOLDER + " was written instead", this);
        return placeholder;
    }
}
