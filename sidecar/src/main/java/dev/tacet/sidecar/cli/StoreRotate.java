package dev.tacet.sidecar.cli;

import dev.tacet.redactor.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tacet store rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Replaces one value by a new random one of letters and digits, and shows nothing of it.",
            "A running sidecar publishes it at once."
        },
        footerHeading = "%nExample:%n",
        footer = "  tacet store rotate --file demo.age --identity demo.key db/password")
final class StoreRotate implements Runnable {
    /** Safe in a URL, a shell, a properties file and a JDBC string. */
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static final int SHORTEST = 16;
    private static final int LONGEST = 4096;

    private final StoreTerminal terminal;
    private final SecureRandom random;

    @Mixin
    private final StoreFiles files = new StoreFiles();

    @Mixin
    private final StoreTarget target = new StoreTarget();

    @Option(
            names = "--length",
            defaultValue = "32",
            paramLabel = "N",
            description = "How many characters, 16 to 4096 (${DEFAULT-VALUE}: 190 bits).")
    private int length;

    StoreRotate(StoreTerminal terminal, SecureRandom random) {
        this.terminal = terminal;
        this.random = random;
    }

    @Override
    public void run() {
        StoreKey key = target.key();
        if (length < SHORTEST || length > LONGEST) {
            throw new CliException(
                    ExitCodes.USAGE, "--length " + length + " is out of bounds", "give a number from 16 to 4096");
        }
        key.in(files.read(), files); // rotating replaces: there must be something
        byte[] value = new byte[length];
        byte[] alphabet = ALPHABET.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < length; i++) {
            value[i] = alphabet[random.nextInt(alphabet.length)];
        }
        files.put(key, SecretValue.of(value), terminal);
    }
}
