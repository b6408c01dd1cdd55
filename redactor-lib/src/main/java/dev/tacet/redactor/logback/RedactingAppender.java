package dev.tacet.redactor.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.AppenderAttachable;
import dev.tacet.redactor.LeakListener;
import dev.tacet.redactor.Redactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands before other appenders and masks secrets in all that they get.
 *
 * <pre>{@code
 * <appender name="SAFE" class="dev.tacet.redactor.logback.RedactingAppender">
 *   <volume>/run/tacet</volume>
 *   <appender-ref ref="SENTRY"/>
 * </appender>
 * }</pre>
 *
 * <p>An appender with an encoder, such as a console's or a file's, keeps its events and gets a {@link RedactingEncoder} round its encoder:
 * that sees what is written, whatever the encoder makes of it. Any other gets events that show no secret through any accessor.
 *
 * <p>Fails closed: until it could start it hands on nothing and says so once; a text that cannot be redacted is
 * {@code [REDACTION-ERROR]}, which {@link #placeholders} counts. Nothing is thrown to the application that logs.
 *
 * <p>A setter has no effect after {@link #start}. For any number of threads.
 */
public final class RedactingAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderAttachable<ILoggingEvent> {
    private static final int MOST_HELD = 1_000;

    private final Settings settings = new Settings();
    private final List<Appender<ILoggingEvent>> appenders = new CopyOnWriteArrayList<>();
    private final List<Wrapped> wrapped = new ArrayList<>();
    // Written before the masking, read after it; null when nothing is to wait.
    private @Nullable Held<ILoggingEvent> held;
    private volatile @Nullable Masking masking;

    /** An appender whose encoder got another round it. */
    private record Wrapped(
            OutputStreamAppender<ILoggingEvent> writing,
            RedactingEncoder<ILoggingEvent> redacting,
            Encoder<ILoggingEvent> original) {}

    /** An appender without settings, as Joran makes it. */
    public RedactingAppender() {}

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

    /** Masks what this redactor knows, instead of a volume's values. Asked anew for each text. */
    public void setRedactor(Supplier<Redactor> redactor) {
        settings.redactor(redactor);
    }

    /** Hears of what this appender masked, once a second for each kind, on a thread of its own. */
    public void setLeakListener(LeakListener listener) {
        settings.leakListener(listener);
    }

    /**
     * Whether events wait until each volume was read once, rather than go out with token rules alone applied; not by default. At most
     * {@value #MOST_HELD} wait, and go out on the thread that read the volumes; what is more is dropped and counted as placeholders.
     */
    public void setHold(boolean wanted) {
        settings.hold(wanted);
    }

    /** How many texts of events could not be redacted. What encoders could not redact, they count. */
    public long placeholders() {
        Masking texts = masking;
        return texts == null ? 0 : texts.placeholders();
    }

    @Override
    public void start() {
        if (isStarted()) {
            return;
        }
        if (!settings.isComplete()) {
            addError("the RedactingAppender needs a <volume>, <rules>, or else a redactor; it hands on nothing");
            return;
        }
        if (appenders.isEmpty()) {
            addError("the RedactingAppender has no <appender-ref>: name the appender that it stands before");
            return;
        }
        try {
            Supplier<Redactor> redactor = settings.start(getContext());
            LeakSink leaks = settings.sink(String.valueOf(getName()));
            for (Appender<ILoggingEvent> appender : appenders) {
                wrapEncoder(appender, redactor, leaks);
            }
            held = settings.held(MOST_HELD, this::release);
            masking = new Masking(redactor, leaks);
            super.start();
        } catch (IOException broken) {
            addError("the RedactingAppender did not start (" + broken.getMessage() + "); it hands on nothing");
        } catch (RuntimeException | Error broken) {
            addError("the RedactingAppender did not start (" + broken.getClass().getName() + "); it hands on nothing");
        }
    }

    private void wrapEncoder(Appender<ILoggingEvent> appender, Supplier<Redactor> redactor, LeakSink leaks) {
        if (!(appender instanceof OutputStreamAppender<ILoggingEvent> writing)) {
            return;
        }
        Encoder<ILoggingEvent> encoder = writing.getEncoder();
        // One that masks other volumes, or those of a watcher that has ended, knows nothing of ours.
        if (encoder == null || (encoder instanceof RedactingEncoder<?> there && there.masksBy(redactor))) {
            return;
        }
        RedactingEncoder<ILoggingEvent> redacting = new RedactingEncoder<>();
        redacting.setContext(getContext());
        redacting.setRedactor(redactor);
        redacting.setEncoder(encoder);
        redacting.sink(leaks);
        redacting.start();
        writing.setEncoder(redacting);
        wrapped.add(new Wrapped(writing, redacting, encoder));
    }

    /** What others have put round it since, stays. */
    private void unwrapEncoders() {
        for (Wrapped each : wrapped) {
            if (each.writing.getEncoder() == each.redacting) {
                each.writing.setEncoder(each.original);
            }
        }
        wrapped.clear();
    }

    @Override
    protected void append(ILoggingEvent event) {
        Masking texts = masking;
        if (texts == null) {
            return;
        }
        Held<ILoggingEvent> waiting = held;
        if (waiting != null && !waiting.isOpen()) {
            // What depends on the thread that logs, and on objects that change, is read now.
            event.prepareForDeferredProcessing();
            if (waiting.hold(event, 1)) {
                return;
            }
            release();
        }
        handOn(event, texts);
    }

    /** Hands on what waited, if the volumes are known now. */
    private void release() {
        Held<ILoggingEvent> waiting = held;
        Masking texts = masking;
        if (waiting == null || texts == null) {
            return;
        }
        Held.Released<ILoggingEvent> released = waiting.release();
        released.items().forEach(event -> handOn(event, texts));
        texts.failures().addDropped(released.dropped(), this);
    }

    private void handOn(ILoggingEvent event, Masking texts) {
        boolean masked = event instanceof RedactedEvent redacted && redacted.isBy(texts);
        for (Appender<ILoggingEvent> appender : appenders) {
            boolean encodes = appender instanceof OutputStreamAppender<?> writing
                    && writing.getEncoder() instanceof RedactingEncoder<?> encoder
                    && texts.isDoneBy(encoder);
            try {
                appender.doAppend(encodes || masked ? event : new RedactedEvent(event, texts));
            } catch (Throwable broken) {
                // Logback's appenders keep exceptions to themselves and let errors through, such as a stack that a
                // cyclic object overflowed.
                texts.failures().add(broken, "redacted or handed on", this);
            }
        }
    }

    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        // What stands behind is stopped by nobody else when only this was attached to a logger; and an asynchronous one
        // writes then.
        Held<ILoggingEvent> waiting = held;
        Masking texts = masking;
        if (waiting != null && texts != null) {
            texts.failures().addDropped(waiting.drop(), this);
        }
        appenders.forEach(Appender::stop);
        unwrapEncoders();
        settings.stop();
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
        appenders.add(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return appenders.iterator();
    }

    @Override
    public @Nullable Appender<ILoggingEvent> getAppender(String name) {
        return appenders.stream()
                .filter(appender -> name.equals(appender.getName()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
        return appenders.contains(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
        appenders.forEach(Appender::stop);
        appenders.clear();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
        return appenders.remove(appender);
    }

    @Override
    public boolean detachAppender(String name) {
        return appenders.removeIf(appender -> name.equals(appender.getName()));
    }
}
