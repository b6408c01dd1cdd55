package dev.tacet.sidecar;

import dev.tacet.sidecar.config.Origin;
import dev.tacet.sidecar.config.SecretSettings;
import dev.tacet.sidecar.config.TacetConfig;
import dev.tacet.sidecar.config.VolumeSettings;
import dev.tacet.sidecar.health.Meters;
import dev.tacet.sidecar.health.StatusBoard;
import dev.tacet.sidecar.render.Renderer;
import dev.tacet.sidecar.rotation.Backoff;
import dev.tacet.sidecar.rotation.LeasePlan;
import dev.tacet.sidecar.rotation.Phase;
import dev.tacet.sidecar.rotation.PollSchedule;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.state.StateStore;
import dev.tacet.sidecar.volume.VolumeSteps;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The real core among models.
 *
 * @param core what takes the turns
 * @param secrets what it follows
 */
record SimulatedSidecar(Sidecar core, List<TrackedSecret> secrets) {
    static final Duration LATENESS = Duration.ofSeconds(30);

    /** What a core is built on. */
    record Surroundings(
            VolumeSteps volume,
            Announcer announcer,
            StateStore store,
            Consumer<String> audit,
            Random random,
            Clock clock) {}

    /** @param pod decides about its phases */
    static SimulatedSidecar of(
            TacetConfig config, Function<Effects, SecretSource> vault, String pod, Surroundings around) {
        OwnSecrets ownSecrets = new OwnSecrets();
        Audit audit = new Audit(new Meters(), around.audit);
        Effects effects = new Effects(around.store, audit, (name, value) -> {}, around.clock);
        SecretSource source = vault.apply(effects);
        Outputs outputs = Outputs.of(config);
        Renderer renderer = Renderer.of(outputs.settings());
        Backoff backoff = new Backoff(around.random);
        Phase phase = new Phase(pod);
        List<TrackedSecret> secrets = new ArrayList<>();
        for (SecretSettings settings : config.secrets()) {
            PollSchedule poll =
                    new PollSchedule(settings.poll(), phase.within(settings.poll(), settings.name()), around.random);
            Timing timing = new Timing(
                    poll,
                    new LeasePlan(around.random),
                    backoff,
                    phase.within(LATENESS, settings.name()),
                    false,
                    around.random);
            secrets.add(new TrackedSecret(
                    settings,
                    source,
                    timing,
                    renderer,
                    ownSecrets,
                    effects,
                    around.clock.instant().plus(phase.within(config.startSpread(), "start")),
                    around.clock));
        }
        Publisher publisher = new Publisher(
                around.volume, config.volume(), renderer, outputs.digest(), around.announcer, ownSecrets, around.clock);
        Sidecar.Parts parts = new Sidecar.Parts(
                secrets,
                List.of(source),
                publisher,
                new Retirements(source, backoff, around.announcer),
                effects,
                audit,
                around.store,
                new StatusBoard(around.clock.instant()),
                backoff,
                "owner");
        Sidecar core = new Sidecar(parts, new Wakeup(), Duration.ZERO, Optional.empty(), around.clock);
        core.begin();
        return new SimulatedSidecar(core, secrets);
    }

    static TacetConfig config(Duration retain, Duration startSpread, List<SecretSettings> secrets) {
        VolumeSettings volume = new VolumeSettings(
                Path.of("/run/tacet"),
                false,
                Duration.ZERO,
                Duration.ofSeconds(2),
                1,
                Duration.ofSeconds(30),
                retain,
                Set.of());
        return new TacetConfig(
                volume,
                Optional.empty(),
                Optional.empty(),
                secrets,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                startSpread,
                Optional.empty(),
                Optional.empty(),
                false,
                TacetConfig.OnTerm.KEEP);
    }

    static SecretSettings secret(String name, Origin origin, Duration poll, Duration grace) {
        return new SecretSettings(
                name,
                origin,
                poll,
                true,
                Map.of(),
                SecretSettings.OutageContract.KEEP,
                new SecretSettings.Overlap(grace, true));
    }
}
