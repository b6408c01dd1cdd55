package dev.tacet.sidecar.cli;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program {@code tacet}. */
@Command(
        name = "tacet",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Puts live secrets into a pod's memory, keeps them fresh, and keeps them out of its logs.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done; also after SIGTERM",
            "  1  an unexpected failure: a defect in tacet",
            "  2  the command line is wrong",
            "  3  the configuration is wrong",
            "  4  the vault cannot be reached, is sealed, or asks to be left alone",
            "  5  a secret is denied, not found, or cannot be used as it is",
            "  6  the volume is refused: on a disk, held by another sidecar, or not writable",
            "",
            "Try it without a vault: tacet store init --help"
        })
public final class Main implements Runnable {
    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", RunCommand::new);
        COMMANDS.put("fetch", FetchCommand::new);
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("status", StatusCommand::new);
        COMMANDS.put("redact", RedactCommand::system);
        COMMANDS.put("store", () -> StoreCommand.line(StoreTerminal.system(), new SecureRandom()));
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    Main() {}

    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler(Errors::uncaught);
        System.exit(commandLine(arguments).execute(arguments));
    }

    /**
     * All commands; but only that one which {@code arguments} begin with, where they begin with one: to describe the
     * others would be a tenth of the time that a start takes.
     */
    static CommandLine commandLine(String... arguments) {
        boolean one = arguments.length > 0 && COMMANDS.containsKey(arguments[0]);
        CommandLine line = new CommandLine(new Main());
        COMMANDS.forEach((name, command) -> {
            if (!one || name.equals(arguments[0])) {
                line.addSubcommand(name, command.get());
            }
        });
        return line.setParameterExceptionHandler(new Errors()).setExecutionExceptionHandler(new Errors());
    }

    /** Without a command: says how to go on. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
