package dev.tacet.sidecar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real {@code tacet run} in a process of its own, of the classes under test. Ended by its process id. */
public final class SidecarProcess implements AutoCloseable {
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    private SidecarProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one; its log is appended to {@code config} with {@code .log} behind it. */
    public static SidecarProcess run(Path config) {
        return start(config, java(config));
    }

    /** Starts one as it is shipped. */
    public static SidecarProcess run(Distribution distribution, Path config) {
        return start(config, distribution.command("tacet", "run", "--config", config.toString()));
    }

    /** Starts one below a shell that sets a umask. */
    public static SidecarProcess runWithUmask(String umask, Path config) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
        command.addAll(java(config));
        return start(config, command);
    }

    private static List<String> java(Path config) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tacet.sidecar.cli.Main",
                "run",
                "--config",
                config.toString());
    }

    private static SidecarProcess start(Path config, List<String> command) {
        Path log = Path.of(config + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new SidecarProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM. Returns the exit code; fails when it takes long. */
    public int terminate() {
        process.destroy();
        return await();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Waits for its end and returns the exit code. */
    public int await() {
        try {
            if (!process.waitFor(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the sidecar has not ended; its log is " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
