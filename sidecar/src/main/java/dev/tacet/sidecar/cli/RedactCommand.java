package dev.tacet.sidecar.cli;

import dev.tacet.redactor.Finding;
import dev.tacet.redactor.Redactor;
import dev.tacet.redactor.rules.RuleFileException;
import dev.tacet.redactor.rules.Rules;
import dev.tacet.redactor.stream.RedactingOutputStream;
import dev.tacet.redactor.volume.SecretVolumeWatcher;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tacet redact}: a filter between a program and wherever its output goes. */
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        description = {
            "Copies standard input to standard output and masks secrets on the way.",
            "",
            "For programs that are not Java, and for what a JVM writes past Java. Follows"
                    + " rotations of the volumes while it runs. Every byte that is not masked passes as it"
                    + " is. It ends with its input; after SIGTERM or SIGINT the input may go on for"
                    + " five seconds more, so that the program's last words still come through."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  app 2>&1 | tacet redact --volume /run/tacet --hold 60",
            "  app 2>&1 | tacet redact --rules gitleaks.toml > app.log",
            "",
            "A pipe ends with the exit code of its last program; in bash, set -o pipefail",
            "before it, or ask PIPESTATUS after it, for that of the first."
        })
final class RedactCommand implements Callable<Integer> {
    private static final int CHUNK = 64 * 1024;

    /** How long after a signal the input may go on. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final InputStream in;
    private final OutputStream out;

    @Option(
            names = "--volume",
            paramLabel = "DIR",
            description = "A directory of secrets; may be given several times. It need not exist yet.")
    private List<Path> volumes = new ArrayList<>();

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Token rules in gitleaks' TOML format, besides those built in; may be given several times.")
    private List<Path> ruleFiles = new ArrayList<>();

    @Option(names = "--no-built-in-rules", description = "Look for no tokens but those of --rules.")
    private boolean noBuiltInRules;

    @Option(
            names = "--hold",
            paramLabel = "SECONDS",
            description = "Pass nothing on before each --volume was read, for so long at most; the program that writes"
                    + " may have to wait meanwhile. Without it, what comes earlier is looked through for tokens only.")
    private int hold;

    @Option(names = "--report", description = "Say at the end, on standard error, how often what was masked.")
    private boolean report;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    RedactCommand(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** On the program's own streams, unbuffered: what is there is read at once and written at once. */
    static RedactCommand system() {
        return new RedactCommand(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public Integer call() {
        if (hold < 0 || (hold > 0 && volumes.isEmpty())) {
            throw new CliException(
                    ExitCodes.USAGE,
                    "--hold needs a --volume to wait for, and seconds",
                    "name a --volume, or leave --hold out");
        }
        Rules rules = rules();
        if (volumes.isEmpty() && rules.names().isEmpty()) {
            throw new CliException(
                    ExitCodes.USAGE, "there is nothing to look for", "name a --volume, or allow the built-in rules");
        }
        SortedMap<String, Long> masks = new TreeMap<>();
        if (volumes.isEmpty()) {
            Redactor redactor = Redactor.builder().rules(rules).build();
            copy(() -> redactor, finding -> count(finding, masks));
        } else {
            PrintWriter err = spec.commandLine().getErr();
            try (SecretVolumeWatcher watcher = SecretVolumeWatcher.of(volumes)
                    .name("tacet redact")
                    .rules(rules)
                    .listener(text -> {
                        err.println("tacet: warning: " + text);
                        err.flush();
                    })
                    .build()) {
                watcher.start();
                awaitVolumes(watcher, err);
                copy(watcher, finding -> {
                    count(finding, masks);
                    watcher.leaks().found(finding, "tacet redact", "", "");
                });
            }
        }
        if (report) {
            PrintWriter err = spec.commandLine().getErr();
            masks.forEach((name, count) -> err.println("tacet: masked " + name + " " + count));
            err.flush();
        }
        return ExitCodes.OK;
    }

    private static void count(Finding finding, SortedMap<String, Long> masks) {
        masks.merge(finding.name(), 1L, Long::sum);
    }

    private void awaitVolumes(SecretVolumeWatcher watcher, PrintWriter err) {
        CountDownLatch complete = new CountDownLatch(1);
        watcher.whenComplete(complete::countDown);
        try {
            if (hold > 0 && !complete.await(hold, TimeUnit.SECONDS)) {
                err.println("tacet: warning: a volume was not there after " + hold
                        + " seconds; what comes is looked through for tokens and for the values of the others");
                err.flush();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private Rules rules() {
        Rules rules = noBuiltInRules ? Rules.none() : Rules.builtIn();
        for (Path file : ruleFiles) {
            try {
                rules = rules.and(Rules.read(file));
            } catch (RuleFileException broken) {
                throw new CliException(
                        ExitCodes.CONFIGURATION, String.valueOf(broken.getMessage()), "nothing was read or written");
            } catch (IOException unreadable) {
                throw new CliException(
                        ExitCodes.CONFIGURATION,
                        "the rule file " + file + " cannot be read ("
                                + unreadable.getClass().getSimpleName() + ")",
                        "nothing was read or written");
            }
        }
        return rules;
    }

    private void copy(Supplier<Redactor> redactor, Consumer<Finding> found) {
        RedactingOutputStream redacting = new RedactingOutputStream(out, redactor, found);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> lastWords(redacting, ended), "tacet-last-words");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            byte[] chunk = new byte[CHUNK];
            for (int read = read(chunk); read >= 0; read = read(chunk)) {
                redacting.write(chunk, 0, read);
                if (!isMoreThere()) {
                    redacting.flush(); // a prompt, or the end of a burst
                }
            }
            redacting.close();
        } catch (IOException closed) {
            // Whoever reads has gone, as head does: no failure of ours, and nobody is there to tell.
            return;
        } finally {
            ended.countDown();
        }
    }

    /** After a signal: the program before the pipe mostly got it too, and ends the input; if it does not, nothing read is lost. */
    private static void lastWords(RedactingOutputStream redacting, CountDownLatch ended) {
        try {
            if (!ended.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                redacting.close();
            }
        } catch (InterruptedException | IOException over) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isMoreThere() {
        try {
            return in.available() > 0;
        } catch (IOException unknown) {
            return false;
        }
    }

    private int read(byte[] chunk) {
        try {
            return in.read(chunk);
        } catch (IOException broken) {
            throw new CliException(
                    ExitCodes.UNEXPECTED,
                    "standard input cannot be read (" + broken.getClass().getSimpleName() + ")",
                    "what was read before has been written");
        }
    }
}
