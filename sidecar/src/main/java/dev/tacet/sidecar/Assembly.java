package dev.tacet.sidecar;

import dev.tacet.sidecar.config.ConfigException;
import dev.tacet.sidecar.config.HealthSettings;
import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.TacetConfig;
import dev.tacet.sidecar.config.VolumeSettings;
import dev.tacet.sidecar.health.HealthServer;
import dev.tacet.sidecar.health.Meters;
import dev.tacet.sidecar.health.StatusBoard;
import dev.tacet.sidecar.health.StatusJson;
import dev.tacet.sidecar.notify.HttpNotifier;
import dev.tacet.sidecar.notify.PeerRequests;
import dev.tacet.sidecar.notify.PodSocket;
import dev.tacet.sidecar.render.Renderer;
import dev.tacet.sidecar.rotation.Backoff;
import dev.tacet.sidecar.rotation.LeasePlan;
import dev.tacet.sidecar.rotation.Phase;
import dev.tacet.sidecar.rotation.PollSchedule;
import dev.tacet.sidecar.source.AgeSource;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.source.VaultSource;
import dev.tacet.sidecar.state.StateFile;
import dev.tacet.sidecar.state.StateStore;
import dev.tacet.sidecar.volume.PrivateFile;
import dev.tacet.sidecar.volume.Volume;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole sidecar, put together by hand from a configuration. Opened, used by one thread, closed. */
public final class Assembly implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);
    private static final Logger auditLog = LoggerFactory.getLogger("dev.tacet.audit");
    /** How far a pod may come after the vault's own rotation, so that not all that share a role come at once. */
    private static final Duration LATENESS = Duration.ofSeconds(30);

    // Another after a reload. The core's thread writes it; the socket's reads whether it may end.
    private volatile TacetConfig config;
    private final OwnSecrets ownSecrets;
    private final Wakeup wakeup;
    private final Clock clock;
    private final String pod;
    private final Volume volume;
    private final Optional<SecretSource> vault;
    private final Optional<SecretSource> age;
    private final Effects effects;
    private final Meters meters = new Meters();
    private final Audit audit = new Audit(meters, line -> auditLog.info("{}", line));
    private final StateStore store;
    private final Random random = new Random();
    private final StatusBoard board;
    private Optional<SocketAnnouncer> socket = Optional.empty();
    private Optional<HealthServer> health = Optional.empty();
    private Optional<HttpNotifier> notifier = Optional.empty();

    private Assembly(TacetConfig config, OwnSecrets ownSecrets, Wakeup wakeup, Clock clock, String pod, Volume volume) {
        this.config = config;
        this.ownSecrets = ownSecrets;
        this.wakeup = wakeup;
        this.clock = clock;
        this.pod = pod;
        this.volume = volume;
        this.board = new StatusBoard(clock.instant());
        this.store = store(config, clock);
        this.effects = new Effects(store, audit, ownSecrets, clock);
        this.vault = config.vault().map(settings -> new VaultSource(settings, effects, clock, random));
        this.age =
                config.age().map(settings -> new AgeSource(settings, ownSecrets, clock, threads("tacet-store-watch")));
    }

    /**
     * Opens the volume; nothing is asked of a vault yet.
     *
     * @param pod what tells this pod from others, for the phases of its timers
     * @throws dev.tacet.sidecar.volume.VolumeException when the volume or the state's directory is refused
     */
    public static Assembly open(TacetConfig config, OwnSecrets ownSecrets, Wakeup wakeup, Clock clock, String pod) {
        Volume volume = Volume.open(config.volume().path(), config.volume().allowDisk());
        volume.warning().ifPresent(log::warn);
        return new Assembly(config, ownSecrets, wakeup, clock, pod, volume);
    }

    /** The core for one publish, which nobody is told of: the application starts later. */
    public Sidecar sidecar() {
        return sidecar(Announcer.none());
    }

    /** The core for a run, with the socket open and the sources watched. */
    public Sidecar start() {
        VolumeSettings shared = config.volume();
        SocketAnnouncer announcer =
                new SocketAnnouncer(volume.socket(), shared.announceTimeout(), shared.peerUsers(), requests());
        announcer.start();
        socket = Optional.of(announcer);
        notifier = config.notification()
                .map(http -> new HttpNotifier(http.url(), http.timeout(), http.attempts(), new Random(), this::told));
        notifier.ifPresent(it -> it.start(threads("tacet-notify")));
        health = config.health().flatMap(settings -> serve(settings, announcer.socket()));
        List.of(vault, age).forEach(source -> source.ifPresent(it -> it.watch(() -> wakeup.changed(it))));
        return sidecar(everybody());
    }

    private Announcer everybody() {
        SocketAnnouncer announcer = socket.orElseThrow();
        return notifier.<Announcer>map(it -> new HttpAnnouncer(announcer, it)).orElse(announcer);
    }

    /**
     * Goes on with another configuration: all of it, or none.
     *
     * @throws ConfigException naming the first key that only a restart can change; the running one goes on then
     */
    public Sidecar reload(TacetConfig changed, Sidecar running) {
        requireSame("volume.path", config.volume().path(), changed.volume().path());
        requireSame(
                "volume.peer-users",
                config.volume().peerUsers(),
                changed.volume().peerUsers());
        requireSame("vault", config.vault(), changed.vault());
        requireSame("age", config.age(), changed.age());
        requireSame("state", config.state(), changed.state());
        requireSame("health", config.health(), changed.health());
        requireSame("notify", config.notification(), changed.notification());
        TacetConfig before = config;
        config = changed;
        try {
            Sidecar next = sidecar(everybody());
            next.goOnFrom(running);
            return next;
        } catch (RuntimeException e) {
            config = before;
            throw e;
        }
    }

    private static void requireSame(String key, Object before, Object changed) {
        if (!before.equals(changed)) {
            throw new ConfigException(
                    key + " has changed, which a running sidecar cannot follow", "restart it, or take the change back");
        }
    }

    private PeerRequests requests() {
        return new PeerRequests() {
            @Override
            public void rejected(String secret, String version) {
                wakeup.rejected(secret, version);
            }

            @Override
            public void acknowledged() {
                wakeup.nudge();
            }

            @Override
            public boolean quit() {
                if (config.allowQuit()) {
                    log.info("an operator asks for the end");
                    wakeup.quit();
                }
                return config.allowQuit();
            }

            @Override
            public List<String> status() {
                return StatusJson.lines(board.current(), clock.instant());
            }
        };
    }

    private void told(String generation, Optional<String> failure) {
        failure.ifPresent(why -> log.warn(
                "the application was not told of generation {} over HTTP: {}; it is published all the same",
                generation,
                why));
        audit.notified("http", generation, failure.isPresent() ? "failed" : "ok");
    }

    /** Without it the sidecar still publishes; whoever probes it will notice. */
    private Optional<HealthServer> serve(HealthSettings settings, PodSocket peers) {
        try {
            return Optional.of(HealthServer.start(
                    new InetSocketAddress(settings.host(), settings.port()),
                    board,
                    meters,
                    peers::peers,
                    peers::leaks,
                    clock,
                    settings.patience(),
                    threads("tacet-health")));
        } catch (IOException e) {
            log.error("cannot listen for probes on {}:{}: {}", settings.host(), settings.port(), e.getMessage());
            return Optional.empty();
        }
    }

    private Sidecar sidecar(Announcer announcer) {
        Outputs outputs = Outputs.of(config);
        Renderer renderer = Renderer.of(outputs.settings());
        Backoff backoff = new Backoff(random);
        Instant firstDue = clock.instant().plus(new Phase(pod).within(config.startSpread(), "start"));
        List<TrackedSecret> secrets = new ArrayList<>();
        for (SecretSettings secret : config.secrets()) {
            secrets.add(new TrackedSecret(
                    secret,
                    source(secret.origin()),
                    timing(secret, backoff),
                    renderer,
                    ownSecrets,
                    effects,
                    firstDue,
                    clock));
        }
        List<SecretSource> sources =
                Stream.of(vault, age).flatMap(Optional::stream).toList();
        Sidecar.Parts parts = new Sidecar.Parts(
                secrets,
                sources,
                new Publisher(volume, config.volume(), renderer, outputs.digest(), announcer, ownSecrets, clock),
                new Retirements(sources.get(0), backoff, announcer),
                effects,
                audit,
                store,
                board,
                backoff,
                owner(config));
        return new Sidecar(parts, wakeup, config.volume().quiescence(), config.startDeadline(), clock);
    }

    private Timing timing(SecretSettings secret, Backoff backoff) {
        Phase phase = new Phase(pod);
        PollSchedule schedule = new PollSchedule(secret.poll(), phase.within(secret.poll(), secret.name()), random);
        return new Timing(
                schedule,
                new LeasePlan(random),
                backoff,
                phase.within(LATENESS, secret.name()),
                secret.origin() instanceof Origin.Decrypted,
                random);
    }

    private SecretSource source(Origin origin) {
        return (origin instanceof Origin.Stored ? age : vault).orElseThrow();
    }

    private static StateStore store(TacetConfig config, Clock clock) {
        return config.state()
                .<StateStore>map(path -> new StateFile(PrivateFile.in(path, "state.json"), owner(config), clock))
                .orElseGet(StateStore::none);
    }

    /** Which vault is asked by which login: a state of another is of no use. Names and paths, no values. */
    private static String owner(TacetConfig config) {
        return config.vault()
                .map(vault -> vault.address() + " " + vault.namespace().orElse("") + " " + vault.auth())
                .orElse("");
    }

    static ThreadFactory threads(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What the configuration in use asks of SIGTERM. */
    public TacetConfig.OnTerm onTerm() {
        return config.onTerm();
    }

    /** Whether peers were there in this life of the pod, and all have hung up: then it is over. */
    public boolean hasEveryoneLeft() {
        return socket.filter(SocketAnnouncer::hasEveryoneLeft).isPresent();
    }

    /**
     * Removes everything from the volume, and ends in the vault what was obtained there. The volume goes first: a vault
     * that does not answer must not keep values lying about.
     */
    public void end(Sidecar sidecar) {
        socket.ifPresent(SocketAnnouncer::close);
        try {
            volume.wipe();
            log.info("wiped the volume");
        } finally {
            sidecar.end();
        }
    }

    @Override
    public void close() {
        health.ifPresent(HealthServer::close);
        notifier.ifPresent(HttpNotifier::close);
        socket.ifPresent(SocketAnnouncer::close);
        vault.ifPresent(SecretSource::close);
        age.ifPresent(SecretSource::close);
        volume.close();
    }
}
