package dev.tacet.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real sidecar as a process, fed from a sealed store of its own. */
final class Sidecar {
    private static final Path TACET =
            Path.of("../../sidecar/target/tacet/bin/tacet").toAbsolutePath().normalize();

    private final Path directory;
    private final Process process;

    private Sidecar(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** Publishes {@code backend/user} and a random {@code backend/password} and returns once they can be read. */
    static Sidecar start(Path directory) throws Exception {
        assertThat(TACET)
                .as("the distribution, which `mvn verify` builds and `mvn test` does not")
                .isExecutable();
        store(directory, "", "init");
        store(directory, "orders", "put", "backend/user");
        store(directory, "first password of all", "put", "backend/password");
        return run(directory, "backend/password", """
                volume: {path: %1$s/volume, allow-disk: true}
                age: {file: %1$s/store.age, identity-file: %1$s/identity.txt}
                secrets:
                  backend: {path: backend, keys: {user: {sensitive: never}, password: {}}}
                """.formatted(directory));
    }

    /** Runs it by a configuration with its volume in {@code directory}, and returns once {@code file} can be read. */
    static Sidecar run(Path directory, String file, String configuration) throws Exception {
        Path config = Files.writeString(directory.resolve("tacet.yaml"), configuration);
        Process process = builder(List.of("run", "--config", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sidecar.log").toFile())
                .start();
        Sidecar sidecar = new Sidecar(directory, process);
        Deadline.await(
                "the first generation", () -> Files.exists(sidecar.volume().resolve(file)));
        return sidecar;
    }

    Path volume() {
        return directory.resolve("volume");
    }

    /** Where a plain reader finds the password. */
    Path password() {
        return volume().resolve("backend/password");
    }

    /** Makes the store choose a new password, which the sidecar publishes soon after; gives that password. */
    String rotate() throws IOException, InterruptedException {
        store(directory, "", "rotate", "backend/password");
        return store(directory, "", "get", "backend/password");
    }

    /** Asks it to end, and checks that it does so in good order. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS))
                .as("the sidecar ends on SIGTERM")
                .isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String store(Path directory, String input, String command, String... names)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("store", command));
        arguments.addAll(List.of("--file", directory + "/store.age", "--identity", directory + "/identity.txt"));
        arguments.addAll(List.of(names));
        Process process = builder(arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("tacet store " + command).isZero();
        return output;
    }

    private static ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(TACET.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }
}
