package dev.tacet.redactor.stream;

import dev.tacet.redactor.Finding;
import dev.tacet.redactor.LeakReports;
import dev.tacet.redactor.Redactor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Takes over {@code System.out} and {@code System.err}: whatever Java code prints goes through a redactor, such as a stack trace, a
 * library's own message, java.util.logging's console, Logback's status messages.
 *
 * <p>What took the streams before keeps the ones it has: install first, in {@code main} before the first logger. Each stream
 * is by itself, so a value of which one half is printed to either is not found. What native code and the JVM itself write does not
 * pass through Java; for that there is {@code app 2>&1 | tacet redact}.
 *
 * <p>Printing flushes, as it does on the streams that the JVM makes; a prompt without a line end appears at once, save bytes that may be the
 * beginning of a secret.
 */
public final class RedactedStdio implements AutoCloseable {
    private final PrintStream out;
    private final PrintStream err;
    private final Redacted redactedOut;
    private final Redacted redactedErr;

    private RedactedStdio(PrintStream out, PrintStream err, Redacted redactedOut, Redacted redactedErr) {
        this.out = out;
        this.err = err;
        this.redactedOut = redactedOut;
        this.redactedErr = redactedErr;
    }

    /**
     * Takes over both streams.
     *
     * @param redactor asked anew for each piece that goes out; it must not print
     * @return what gives them back; whoever means to keep them for good needs not hold it
     */
    public static RedactedStdio install(Supplier<Redactor> redactor) {
        return install(redactor, (finding, stream) -> {});
    }

    /** The same, and reports what was masked, by the names {@code stdout} and {@code stderr}. */
    public static RedactedStdio install(Supplier<Redactor> redactor, LeakReports reports) {
        return install(redactor, (finding, stream) -> reports.found(finding, stream, "", ""));
    }

    private static RedactedStdio install(Supplier<Redactor> redactor, BiConsumer<Finding, String> found) {
        PrintStream out = original(System.out);
        PrintStream err = original(System.err);
        RedactedStdio stdio = new RedactedStdio(
                out, err, redacted(out, "stdout", redactor, found), redacted(err, "stderr", redactor, found));
        System.setOut(stdio.redactedOut);
        System.setErr(stdio.redactedErr);
        return stdio;
    }

    /** Lets out what waits and gives the streams back, unless somebody else has taken them since. */
    @Override
    public void close() {
        if (System.out == redactedOut) {
            System.setOut(out);
        }
        if (System.err == redactedErr) {
            System.setErr(err);
        }
        redactedOut.finish();
        redactedErr.finish();
    }

    private static Redacted redacted(
            PrintStream original, String name, Supplier<Redactor> redactor, BiConsumer<Finding, String> found) {
        RedactingOutputStream redacting =
                new RedactingOutputStream(original, redactor, finding -> found.accept(finding, name));
        return new Redacted(original, redacting, charset(name + ".encoding"));
    }

    /** To install twice is to install the second: two redactors, one behind the other, would only cost twice. */
    private static PrintStream original(PrintStream stream) {
        return stream instanceof Redacted redacted ? redacted.original : stream;
    }

    /** JDK 19 and later have one for each stream (JEP 400); before, all had the default. */
    private static Charset charset(String property) {
        String name = System.getProperty(property, "");
        return !name.isEmpty() && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    /** A stream in place of one of the JVM's. */
    private static final class Redacted extends PrintStream {
        private final PrintStream original;
        private final RedactingOutputStream redacting;

        Redacted(PrintStream original, RedactingOutputStream redacting, Charset charset) {
            super(redacting, true, charset);
            this.original = original;
            this.redacting = redacting;
        }

        /** Whether the stream behind has failed: it swallows that itself. */
        @Override
        public boolean checkError() {
            return super.checkError() || original.checkError();
        }

        /** Lets out what waits. Whoever still holds this stream may go on printing, and is still redacted. */
        void finish() {
            flush();
            try {
                redacting.finish();
            } catch (IOException broken) {
                setError();
            }
        }
    }
}
