package dev.tacet.sidecar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that ran to its end. */
public final class Command {
    private final int exit;
    private final byte[] out;
    private final String err;

    private Command(int exit, byte[] out, String err) {
        this.exit = exit;
        this.out = out;
        this.err = err;
    }

    public int exit() {
        return exit;
    }

    /** Standard output. */
    public byte[] out() {
        return out.clone();
    }

    /** Standard error. */
    public String err() {
        return err;
    }

    /** Runs {@code command} with {@code input} as standard input, for two minutes at most. */
    public static Command run(List<String> command, byte[] input) {
        try {
            Path err = Files.createTempFile("tacet-test", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(err.toFile()).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                // a program that does not read its input closes it; what it answered tells
            }
            byte[] out;
            try (InputStream from = process.getInputStream()) {
                out = from.readAllBytes();
            }
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command.get(0) + " did not end");
            }
            Command result = new Command(process.exitValue(), out, Files.readString(err));
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The same without input; fails unless it ends with 0. Its output as text, without the last line break. */
    public static String output(String... command) {
        Command result = run(List.of(command), new byte[0]);
        if (result.exit != 0) {
            throw new AssertionError(command[0] + " ended with " + result.exit + ": " + result.err);
        }
        return new String(result.out, StandardCharsets.UTF_8).stripTrailing();
    }
}
