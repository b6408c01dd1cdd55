package dev.tacet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.Requires;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class StoreCommandTest {
    private static final byte[] NOTHING = {};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private Path file;
    private Path identity;

    @BeforeEach
    void makeStore() {
        file = directory.resolve("store.age");
        identity = directory.resolve("identity");
        assertThat(store(NOTHING, "init")).isZero();
    }

    private int store(byte[] in, String command, String... more) {
        return store(in, Optional.empty(), command, more);
    }

    private int store(byte[] in, Optional<Function<String, char[]>> prompt, String command, String... more) {
        out.reset();
        err.reset();
        List<String> args =
                new ArrayList<>(List.of(command, "--file", file.toString(), "--identity", identity.toString()));
        args.addAll(List.of(more));
        CommandLine line = StoreCommand.line(
                new StoreTerminal(
                        new ByteArrayInputStream(in),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        prompt),
                new SecureRandom());
        line.setExecutionExceptionHandler((trouble, which, parsed) -> {
            if (!(trouble instanceof CliException shown)) {
                throw trouble;
            }
            err.writeBytes((shown.getMessage() + "\n" + shown.hint() + "\n").getBytes(StandardCharsets.UTF_8));
            return shown.exitCode();
        });
        return line.execute(args.toArray(String[]::new));
    }

    private SecretValue value(String key) {
        assertThat(store(NOTHING, "get", key)).isZero();
        return SecretValue.of(out.toByteArray());
    }

    private void assertValue(String key, byte[] expected) {
        assertThat(value(key).equals(SecretValue.of(expected)))
                .as("the value of %s", key)
                .isTrue();
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void initPrintsThePublicKeyAndOverwritesNothing() throws Exception {
        byte[] before = Files.readAllBytes(file);
        assertThat(store(NOTHING, "init")).isEqualTo(ExitCodes.UNUSABLE);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);

        Files.delete(file);
        assertThat(store(NOTHING, "init")).isZero();
        String printed = out.toString(StandardCharsets.UTF_8);
        assertThat(printed).matches("age1[a-z0-9]{58}\n");
        assertThat(Files.readString(identity)).contains("# public key: " + printed);
    }

    @Test
    void getGivesBackTheVeryBytesThatPutTook() {
        byte[] binary = new byte[1 << 20];
        Arrays.fill(binary, (byte) 0xfe);
        binary[17] = 0;
        record Row(String name, SecretValue in, String option, SecretValue expected) {}
        for (Row row : List.of(
                new Row("text", utf8("p\u00e4ss"), "", utf8("p\u00e4ss")),
                new Row("echoed", utf8("pass\n"), "", utf8("pass")),
                new Row("twice", utf8("pass\n\n"), "", utf8("pass\n")),
                new Row("kept", utf8("pass\n"), "--keep-newline", utf8("pass\n")),
                new Row("binary", SecretValue.of(binary), "", SecretValue.of(binary)),
                new Row("deep/er", utf8("x"), "", utf8("x")))) {
            String[] more = row.option.isEmpty()
                    ? new String[] {"app/" + row.name}
                    : new String[] {row.option, "app/" + row.name};
            assertThat(store(row.in.reveal(), "put", more)).as(row.name).isZero();
            assertValue("app/" + row.name, row.expected.reveal());
        }
    }

    private static SecretValue utf8(String text) {
        return SecretValue.ofUtf8(text);
    }

    @Test
    void asksAtATerminalAndShowsNothing() {
        String typed = UUID.randomUUID().toString();
        List<String> asked = new ArrayList<>();
        int exit = store(
                "not this".getBytes(StandardCharsets.UTF_8),
                Optional.of(prompt -> {
                    asked.add(prompt);
                    return typed.toCharArray();
                }),
                "put",
                "db/password");
        assertThat(exit).isZero();
        assertThat(asked).containsExactly("value of db/password: ");
        assertThat(shown()).doesNotContain(typed).isEqualTo("db: version 1\n");
        assertValue("db/password", typed.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesNoValueAsAnArgument() {
        String canary = UUID.randomUUID().toString();
        assertThat(store(NOTHING, "put", "db/password", canary)).isEqualTo(ExitCodes.USAGE);
        assertThat(store(NOTHING, "get", "db/password")).isEqualTo(ExitCodes.UNUSABLE);
    }

    @Test
    void refusesNamesThatCouldNotBePublishedAndEmptyValues() {
        byte[] in = {'x'};
        for (String bad : List.of(
                "password",
                "/password",
                "db/",
                "db//x",
                "../x",
                "db/..",
                "db/./x",
                "db/a\u0000b",
                "db/" + "x".repeat(256))) {
            assertThat(store(in, "put", bad)).as(bad).isEqualTo(ExitCodes.USAGE);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("NAME/KEY");
        }
        for (String empty : List.of("", "\n")) {
            assertThat(store(empty.getBytes(StandardCharsets.UTF_8), "put", "db/x"))
                    .isEqualTo(ExitCodes.USAGE);
        }
        assertThat(store(NOTHING, "list")).isZero();
        assertThat(shown()).isEmpty();
    }

    @Test
    void rotateMakesANewValueAndShowsNothingOfIt() {
        store("first".getBytes(StandardCharsets.UTF_8), "put", "db/password");
        assertThat(store(NOTHING, "rotate", "db/password")).isZero();
        assertThat(shown()).isEqualTo("db: version 2\n");
        SecretValue first = value("db/password");
        assertThat(new String(first.reveal(), StandardCharsets.US_ASCII)).matches("[A-Za-z0-9]{32}");

        assertThat(store(NOTHING, "rotate", "--length", "64", "db/password")).isZero();
        assertThat(value("db/password").length()).isEqualTo(64);
        assertThat(store(NOTHING, "rotate", "--length", "3", "db/password")).isEqualTo(ExitCodes.USAGE);
        assertThat(store(NOTHING, "rotate", "db/none")).isEqualTo(ExitCodes.UNUSABLE);
    }

    @Test
    void listShowsNamesAndVersionsAndNoValue() {
        String canary = UUID.randomUUID().toString();
        store(canary.getBytes(StandardCharsets.UTF_8), "put", "db/password");
        store("app".getBytes(StandardCharsets.UTF_8), "put", "db/username");
        assertValue("db/password", canary.getBytes(StandardCharsets.UTF_8));
        assertThat(store(NOTHING, "list")).isZero();
        assertThat(shown()).isEqualTo("db/password  version 2\ndb/username  version 2\n");
    }

    @Test
    void saysWhatIsWrongWithTheStore() throws Exception {
        assertThat(store(NOTHING, "get", "db/password")).isEqualTo(ExitCodes.UNUSABLE);
        assertThat(shown()).contains("no value db/password in the store " + file);
        Files.writeString(file, "secrets:\n");
        assertThat(store(NOTHING, "list")).isEqualTo(ExitCodes.UNUSABLE);
        assertThat(shown()).startsWith(file + " is not an age file\n");
        assertThat(store(new byte[] {'x'}, "put", "db/x")).isEqualTo(ExitCodes.UNUSABLE);
        assertThat(Files.readString(file)).isEqualTo("secrets:\n");
    }

    @Test
    void makesAFileThatTheAgeCommandOpens() {
        Requires.programs("age");
        store("text".getBytes(StandardCharsets.UTF_8), "put", "db/password");
        assertThat(Command.output("age", "--decrypt", "--identity", identity.toString(), file.toString()))
                .contains("password: \"text\"");
    }

    @Test
    void teachesByExample() {
        for (String command : List.of("init", "put", "get", "rotate", "list")) {
            String help = StoreCommand.line(StoreTerminal.system(), new SecureRandom())
                    .getSubcommands()
                    .get(command)
                    .getUsageMessage(CommandLine.Help.Ansi.OFF);
            assertThat(help).contains("Example", "  tacet store " + command + " --file", "--identity=FILE");
        }
    }
}
