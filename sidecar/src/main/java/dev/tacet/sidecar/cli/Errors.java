package dev.tacet.sidecar.cli;

import dev.tacet.sidecar.config.ConfigException;
import dev.tacet.sidecar.volume.VolumeException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what ends a command into one line of error, one of hint, and an exit code. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final String DEFECT = "this is a defect in tacet; the volume stands as it was";

    /**
     * A wrong command line. What was typed is not repeated: it may be a value that somebody meant to store, and this
     * line may end up in a log.
     */
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String what = e instanceof MissingParameterException
                ? lower(e.getMessage())
                : "an argument is not understood, or out of place";
        return print(
                command.getErr(), what, "see " + command.getCommandSpec().qualifiedName() + " --help", ExitCodes.USAGE);
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (e instanceof CliException cli) {
            return print(err, cli.getMessage(), cli.hint(), cli.exitCode());
        }
        if (e instanceof ConfigException config) {
            return print(err, config.getMessage(), config.hint(), ExitCodes.CONFIGURATION);
        }
        if (e instanceof VolumeException volume) {
            return print(err, volume.getMessage(), volume.hint(), ExitCodes.VOLUME);
        }
        return print(err, unexpected(e), DEFECT, ExitCodes.UNEXPECTED);
    }

    /** What ends a thread. The JVM's own handler would print the message. */
    static void uncaught(Thread thread, Throwable e) {
        print(
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                unexpected(e) + " in thread " + thread.getName(),
                DEFECT,
                ExitCodes.UNEXPECTED);
    }

    /** Nobody vouches for the message of such an exception, so only its type and place are shown. */
    private static String unexpected(Throwable e) {
        String place = Arrays.stream(e.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.tacet."))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
        return "unexpected " + e.getClass().getName() + place;
    }

    private static int print(PrintWriter err, @Nullable String message, String hint, int exitCode) {
        err.println("tacet: error: " + message);
        err.println("tacet: hint: " + hint);
        err.flush();
        return exitCode;
    }

    private static @Nullable String lower(@Nullable String message) {
        return message == null || message.isEmpty()
                ? message
                : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
