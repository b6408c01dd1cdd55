package dev.tacet.sidecar.cli;

import dev.tacet.sidecar.Assembly;
import dev.tacet.sidecar.OwnSecrets;
import dev.tacet.sidecar.Wakeup;
import dev.tacet.sidecar.config.ConfigFile;
import dev.tacet.sidecar.config.TacetConfig;
import dev.tacet.sidecar.source.Failure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tacet fetch}: one generation, then the end. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = {
            "Fetches every secret once, publishes them as one set, and exits.",
            "",
            "For a job or a first look; nothing is renewed or rotated afterwards. When a required secret cannot be"
                    + " read, nothing is published and what was published before stands."
        },
        footer = {"", "The configuration is that of tacet run; see tacet run --help."})
final class FetchCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, in YAML.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path config;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "How long to go on trying what fails. Default: one attempt.")
    private int waitSeconds;

    @Override
    public Integer call() {
        TacetConfig settings = ConfigFile.read(config);
        OwnSecrets ownSecrets = new OwnSecrets();
        Logs.install(ownSecrets);
        Clock clock = Clock.systemUTC();
        try (Assembly assembly = Assembly.open(settings, ownSecrets, new Wakeup(), clock, Pod.uid())) {
            Optional<Failure> failure =
                    assembly.sidecar().once(clock.instant().plus(Duration.ofSeconds(Math.max(0, waitSeconds))));
            if (failure.isPresent()) {
                throw new CliException(failure.get());
            }
            return ExitCodes.OK;
        }
    }
}
