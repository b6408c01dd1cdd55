package dev.tacet.sidecar.cli;

import dev.tacet.sidecar.Assembly;
import dev.tacet.sidecar.OwnSecrets;
import dev.tacet.sidecar.Sidecar;
import dev.tacet.sidecar.SteadyClock;
import dev.tacet.sidecar.Wakeup;
import dev.tacet.sidecar.config.ConfigException;
import dev.tacet.sidecar.config.ConfigFile;
import dev.tacet.sidecar.config.TacetConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tacet run}: the sidecar. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Fetches every secret, publishes them as one set, and keeps the set fresh until SIGTERM.",
            "",
            "While the vault is away the last set stays, and tacet goes on trying. SIGTERM ends it within two seconds;"
                    + " the volume is left for the next start, unless on-term: end asks for it to be wiped."
        },
        footerHeading = "%nA configuration:%n",
        footer = {
            "  volume:",
            "    path: /run/tacet           # in memory: emptyDir with medium: Memory",
            "    # allow-disk: false        # true accepts a disk, and warns at each start",
            "    # retain: 1h               # how long an old value is still masked",
            "    # quiescence: 200ms        # how long changes gather into one set",
            "    # announce-timeout: 2s     # how long redactors are waited for",
            "    # keep-generations: 1      # old sets that stay for slow readers, for",
            "    # keep-for: 30s            # this long",
            "  vault:",
            "    address: https://vault.example:8200",
            "    # namespace: team-a",
            "    # ca-file: /etc/vault/ca.pem",
            "    # timeout: 10s",
            "    auth:                      # or kubernetes, jwt, cert, userpass",
            "      token-file: /run/vault/token",
            "      # approle: {role-id: shop, secret-id-file: /run/vault/secret-id}",
            "  # age:                       # a sealed file instead; see tacet store",
            "  #   file: store.age",
            "  #   identity-file: identity.txt",
            "  secrets:",
            "    db:                        # becomes db/username, db/password, ...",
            "      # engine: kv2            # kv1 dynamic static pki transit logical",
            "      mount: secret",
            "      path: app/db",
            "      # source: age            # where vault and age are both there",
            "      # poll: 60s",
            "      # required: true",
            "      # keys:                  # all keys, unless some are named",
            "      #   username: {sensitive: never}",
            "      #   password: {}",
            "      #   keystore: {decode: base64}",
            "  # files:",
            "  #   application.properties:",
            "  #     entries: {spring.datasource.password: db/password}",
            "  # state:",
            "  #   path: /run/tacet-state   # in memory, for the sidecar alone: restarts",
            "  # health: {port: 9465}       # probes and metrics",
            "  # on-term: keep              # or end: revoke, and wipe the volume"
        })
final class RunCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, in YAML.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path config;

    private String complaint = "";

    @Override
    public Integer call() {
        Wakeup wakeup = new Wakeup();
        ConfigWatch watch = new ConfigWatch(wakeup::reload);
        // Before it is read: what changes meanwhile is read again.
        watch.follow(Set.of(config));
        TacetConfig settings = ConfigFile.read(config);
        OwnSecrets ownSecrets = new OwnSecrets();
        Logs.install(ownSecrets);
        EndSignal signal = new EndSignal(Thread.currentThread(), wakeup);
        try {
            signal.handle();
            Hangup.handle(wakeup::reload);
            try (Assembly assembly = Assembly.open(
                    settings, ownSecrets, wakeup, new SteadyClock(Clock.systemUTC(), System::nanoTime), Pod.uid())) {
                Sidecar sidecar = assembly.start();
                watch.follow(sources(settings));
                Sidecar.End end = sidecar.run();
                while (end == Sidecar.End.RELOAD) {
                    sidecar = reloaded(assembly, sidecar, watch);
                    end = sidecar.run();
                }
                boolean signalled = signal.heed();
                boolean over = assembly.onTerm() == TacetConfig.OnTerm.END || wakeup.isEnding();
                if (over || (signalled && assembly.hasEveryoneLeft())) {
                    assembly.end(sidecar);
                }
                return exitCode(end);
            }
        } finally {
            signal.done();
        }
    }

    /** One after the other, and each whole or not at all: what is wrong with the file is said, and nothing changes. */
    private Sidecar reloaded(Assembly assembly, Sidecar running, ConfigWatch watch) {
        try {
            TacetConfig changed = ConfigFile.read(config);
            Sidecar next = assembly.reload(changed, running);
            watch.follow(sources(changed));
            complaint = "";
            log.info("goes on with the changed configuration");
            return next;
        } catch (ConfigException e) {
            String why = e.getMessage() + "; " + e.hint();
            if (!why.equals(complaint)) {
                log.error("the changed configuration is not used: {}", why);
            }
            complaint = why;
            watch.retry();
            return running;
        }
    }

    private Set<Path> sources(TacetConfig settings) {
        Set<Path> files = new HashSet<>(settings.templateFiles());
        files.add(config);
        return files;
    }

    private static int exitCode(Sidecar.End end) {
        return switch (end) {
            case STOPPED, RELOAD -> ExitCodes.OK;
            case TERMINATED -> ExitCodes.UNUSABLE;
            case LATE -> ExitCodes.UNAVAILABLE;
        };
    }
}
