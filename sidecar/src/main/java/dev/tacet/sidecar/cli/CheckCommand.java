package dev.tacet.sidecar.cli;

import dev.tacet.sidecar.OwnSecrets;
import dev.tacet.sidecar.config.ConfigFile;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.TacetConfig;
import dev.tacet.sidecar.source.VaultCheck;
import dev.tacet.sidecar.source.VaultCheck.CheckException;
import dev.tacet.sidecar.source.VaultCheck.Need;
import dev.tacet.sidecar.source.VaultCheck.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tacet check}: whether a configuration will work. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Connects to the vault, logs in, and asks what the token may do. Reads no secret and makes no credential.",
            "",
            "Prints what works, and the policy that is missing. Ends with 5 when a secret could not be read."
        })
final class CheckCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, in YAML.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path config;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        TacetConfig settings = ConfigFile.read(config);
        OwnSecrets ownSecrets = new OwnSecrets();
        Logs.install(ownSecrets);
        PrintWriter out = spec.commandLine().getOut();
        out.println("configuration  ok, " + settings.secrets().size() + " secrets");
        if (settings.vault().isEmpty()) {
            out.println("vault          none is configured; tacet store list shows what a store holds");
            return ExitCodes.OK;
        }
        List<Origin> origins = settings.secrets().stream()
                .map(SecretSettings::origin)
                .filter(origin -> !(origin instanceof Origin.Stored))
                .toList();
        try {
            return print(
                    out,
                    new VaultCheck(settings.vault().get(), ownSecrets, Clock.systemUTC()).check(origins),
                    settings.vault().get().address().toString());
        } catch (CheckException e) {
            throw new CliException(e.failure());
        }
    }

    private static int print(PrintWriter out, Report report, String address) {
        out.println("vault          " + address + ", login ok: " + report.token());
        for (Need need : report.needs()) {
            String state = need.granted() ? "ok      " : need.optional() ? "without " : "MISSING ";
            out.println("  " + state + need.capability() + " " + need.path() + "  (" + need.why() + ")");
        }
        report.warnings().forEach(warning -> out.println("warning        " + warning));
        if (!report.missingPolicy().isEmpty()) {
            out.println();
            out.println("# the policy that is missing");
            out.print(report.missingPolicy());
        }
        out.flush();
        return report.isComplete() ? ExitCodes.OK : ExitCodes.UNUSABLE;
    }
}
