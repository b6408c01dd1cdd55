package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.tacet.redactor.Redactor;
import java.nio.charset.Charset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an encoder's bytes go through on their way out. Immutable.
 *
 * <p>Values are looked for in UTF-8. In another charset they would look different, and what it cannot express would come out as
 * {@code ?} with the rest of the value around it. So an encoder that lets its charset be chosen is made to write UTF-8, and
 * what is left after redaction is put into the charset that was asked for.
 */
final class Outlet {
    private final Supplier<Redactor> redactor;
    private final LeakSink leaks;
    private final Charset charset;

    Outlet(Supplier<Redactor> redactor, LeakSink leaks, Charset charset) {
        this.redactor = redactor;
        this.leaks = leaks;
        this.charset = charset;
    }

    boolean masksBy(Supplier<Redactor> other) {
        return redactor.equals(other);
    }

    /** The charset that {@code encoder} was asked to write, which is then turned to UTF-8. */
    static Charset takeOver(Encoder<?> encoder) {
        if (!(encoder instanceof LayoutWrappingEncoder<?> wrapping)) {
            return UTF_8;
        }
        Charset wanted = wrapping.getCharset();
        wrapping.setCharset(UTF_8);
        return wanted == null ? Charset.defaultCharset() : wanted;
    }

    /** What {@code event} became in the encoder, without secrets; {@code event} is null for headers and footers. */
    byte @Nullable [] redact(byte @Nullable [] bytes, @Nullable Object event) {
        if (bytes == null || bytes.length == 0) {
            return bytes;
        }
        Redactor now = redactor.get();
        byte[] redacted = now.redact(bytes);
        if (redacted != bytes) {
            leaks.report(now, bytes, event);
        }
        return charset.equals(UTF_8) ? redacted : new String(redacted, UTF_8).getBytes(charset);
    }
}
