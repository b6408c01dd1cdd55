package dev.tacet.sidecar.cli;

import dev.tacet.redactor.SecretValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tacet store put}. */
@Command(
        name = "put",
        mixinStandardHelpOptions = true,
        description = {
            "Sets one value, read from standard input; at a terminal it asks and shows nothing.",
            "An argument would stand in the shell's history and in the list of processes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tacet store put --file demo.age --identity demo.key db/password",
            "  tacet store put --file demo.age --identity demo.key tls/keystore.p12 < keystore.p12"
        })
final class StorePut implements Runnable {
    private static final int LONGEST = 16 << 20;

    private final StoreTerminal terminal;

    @Mixin
    private final StoreFiles files = new StoreFiles();

    @Mixin
    private final StoreTarget target = new StoreTarget();

    @Option(
            names = "--keep-newline",
            description = "Keep a newline at the end of standard input; otherwise one is dropped.")
    private boolean keepNewline;

    StorePut(StoreTerminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        StoreKey key = target.key();
        SecretValue value = terminal.prompt()
                .map(prompt -> typed(prompt.apply("value of " + key + ": ")))
                .orElseGet(this::piped);
        if (value.length() == 0) {
            throw new CliException(
                    ExitCodes.USAGE, "no value was given", "write it to standard input; an empty value is no secret");
        }
        files.put(key, value, terminal);
    }

    private static SecretValue typed(char[] text) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text == null ? new char[0] : text));
        byte[] value = new byte[bytes.remaining()];
        bytes.get(value);
        return SecretValue.of(value);
    }

    private SecretValue piped() {
        byte[] bytes;
        try {
            bytes = terminal.in().readNBytes(LONGEST + 1);
        } catch (IOException e) {
            throw new CliException(
                    ExitCodes.USAGE, "cannot read standard input", "pipe the value in, or redirect a file");
        }
        if (bytes.length > LONGEST) {
            throw new CliException(
                    ExitCodes.USAGE,
                    "the value is longer than 16 MiB",
                    "a secret that long belongs in a file of its own");
        }
        boolean newline = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
        return SecretValue.of(newline && !keepNewline ? Arrays.copyOf(bytes, bytes.length - 1) : bytes);
    }
}
