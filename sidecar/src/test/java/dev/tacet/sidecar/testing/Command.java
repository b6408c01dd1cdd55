package dev.tacet.sidecar.testing;

import java.io.IOException;
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
            // files, not pipes: a program that writes while it reads would fill one
            Path directory = Files.createTempDirectory("tacet-test");
            Path in = Files.write(directory.resolve("in"), input);
            Path out = directory.resolve("out");
            Path err = directory.resolve("err");
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command.get(0) + " did not end");
            }
            Command result = new Command(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
            for (Path file : List.of(in, out, err, directory)) {
                Files.delete(file);
            }
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
