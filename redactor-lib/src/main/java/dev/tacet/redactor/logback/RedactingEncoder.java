package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.tacet.redactor.LeakReports;
import dev.tacet.redactor.Redactor;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicLong;
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

    private final Settings settings = new Settings();
    private final AtomicLong placeholders = new AtomicLong();
    private String sink = "encoder";
    private @Nullable LeakReports leaks;
    private @Nullable Charset charset;
    // Written before the outlet, read after it.
    private @Nullable Encoder<E> delegate;
    private byte[] placeholder = (PLACEHOLDER + System.lineSeparator()).getBytes(UTF_8);
    // null until the first start that succeeds; kept by stop, for the footer and for events still on their way.
    private volatile @Nullable Outlet outlet;

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

    /** Reports to somebody else's reports, for whoever gives a redactor and has some. */
    void leaks(@Nullable LeakReports reports) {
        this.leaks = reports;
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
        LeakReports reports = leaks == null ? settings.leaks() : leaks;
        outlet = new Outlet(redactor, new LeakSink(reports, sink), charset);
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
            placeholders.incrementAndGet();
            return placeholder;
        }
        try {
            return out.redact(delegate.encode(event), event);
        } catch (Throwable broken) {
            return failed(broken);
        }
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return redacted(Encoder::footerBytes);
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
