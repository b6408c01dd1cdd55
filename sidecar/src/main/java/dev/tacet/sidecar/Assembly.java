package dev.tacet.sidecar;

import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.TacetConfig;
import dev.tacet.sidecar.render.Renderer;
import dev.tacet.sidecar.rotation.Backoff;
import dev.tacet.sidecar.rotation.PollSchedule;
import dev.tacet.sidecar.source.AgeSource;
import dev.tacet.sidecar.source.SecretPath;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.source.VaultSource;
import dev.tacet.sidecar.volume.Volume;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole sidecar, put together by hand from a configuration. Opened, used by one thread, closed. */
public final class Assembly implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);

    private final TacetConfig config;
    private final OwnSecrets ownSecrets;
    private final Wakeup wakeup;
    private final Clock clock;
    private final Volume volume;
    private final Optional<SecretSource> vault;
    private final Optional<SecretSource> age;
    private Optional<SocketAnnouncer> socket = Optional.empty();

    private Assembly(TacetConfig config, OwnSecrets ownSecrets, Wakeup wakeup, Clock clock, Volume volume) {
        this.config = config;
        this.ownSecrets = ownSecrets;
        this.wakeup = wakeup;
        this.clock = clock;
        this.volume = volume;
        this.vault = config.vault().map(settings -> new VaultSource(settings, ownSecrets, clock));
        this.age =
                config.age().map(settings -> new AgeSource(settings, ownSecrets, clock, threads("tacet-store-watch")));
    }

    /**
     * Opens the volume; nothing is asked of a vault yet.
     *
     * @throws dev.tacet.sidecar.volume.VolumeException when the volume is refused
     */
    public static Assembly open(TacetConfig config, OwnSecrets ownSecrets, Wakeup wakeup, Clock clock) {
        Volume volume = Volume.open(config.volume().path(), config.volume().allowDisk());
        volume.warning().ifPresent(log::warn);
        return new Assembly(config, ownSecrets, wakeup, clock, volume);
    }

    /** The core for one publish, which nobody is told of: the application starts later. */
    public Sidecar sidecar() {
        return sidecar(Announcer.none());
    }

    /** The core for a run, with the socket open and the sources watched. */
    public Sidecar start() {
        SocketAnnouncer announcer =
                new SocketAnnouncer(volume.socket(), config.volume().announceTimeout());
        announcer.start();
        socket = Optional.of(announcer);
        List.of(vault, age).forEach(source -> source.ifPresent(it -> it.watch(() -> wakeup.changed(it))));
        return sidecar(announcer);
    }

    private Sidecar sidecar(Announcer announcer) {
        Outputs outputs = Outputs.of(config);
        Renderer renderer = Renderer.of(outputs.settings());
        Random random = new Random();
        Backoff backoff = new Backoff(random);
        List<TrackedSecret> secrets = new ArrayList<>();
        for (SecretSettings secret : config.secrets()) {
            SecretSettings.Origin origin = secret.origin();
            PollSchedule schedule = new PollSchedule(secret.poll(), random);
            secrets.add(new TrackedSecret(
                    secret, source(origin), path(origin), schedule, backoff, renderer, ownSecrets, clock));
        }
        Publisher publisher = new Publisher(volume, config.volume(), renderer, outputs.digest(), announcer, clock);
        return new Sidecar(secrets, publisher, wakeup, config.volume().quiescence(), clock);
    }

    private SecretSource source(SecretSettings.Origin origin) {
        return (origin instanceof SecretSettings.Kv2 ? vault : age).orElseThrow();
    }

    private static SecretPath path(SecretSettings.Origin origin) {
        return origin instanceof SecretSettings.Kv2 kv2
                ? new SecretPath(kv2.mount(), kv2.path())
                : new SecretPath("", ((SecretSettings.Stored) origin).name());
    }

    static ThreadFactory threads(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Removes everything from the volume; the socket is closed first. */
    public void wipe() {
        socket.ifPresent(SocketAnnouncer::close);
        volume.wipe();
        log.info("wiped the volume");
    }

    @Override
    public void close() {
        socket.ifPresent(SocketAnnouncer::close);
        vault.ifPresent(SecretSource::close);
        age.ifPresent(SecretSource::close);
        volume.close();
    }
}
