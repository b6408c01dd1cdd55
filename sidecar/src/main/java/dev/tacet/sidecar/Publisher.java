package dev.tacet.sidecar;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import dev.tacet.sidecar.config.VolumeSettings;
import dev.tacet.sidecar.render.FileProblem;
import dev.tacet.sidecar.render.KeyRef;
import dev.tacet.sidecar.render.Rendered;
import dev.tacet.sidecar.render.Renderer;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.volume.Manifest;
import dev.tacet.sidecar.volume.Needles;
import dev.tacet.sidecar.volume.VolumeException;
import dev.tacet.sidecar.volume.VolumeSteps;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a set of secrets into the volume so that a reader sees the old set or the new one, whole, and no redactor that
 * answers sees a value later than the application. The steps of a publish:
 *
 * <ol>
 *   <li>Same versions, values and outputs as published: stop. No swap, no new modification time.
 *   <li>Render in memory. Each secret was checked when it was read; what is made with random numbers stays as it is
 *       published while its inputs are the same.
 *   <li>Announce: needles become old and new; every redactor says that it has them, or is not waited for.
 *   <li>Write the new directory beside the old one.
 *   <li>Rename a link to it over {@code ..data}. This is the commit.
 *   <li>Make and remove the links that readers use.
 *   <li>Tell the peers, once for the set.
 *   <li>Later, in {@link #tidy}: remove the old generation, forget old values.
 * </ol>
 *
 * Only the core's thread uses it.
 */
final class Publisher {
    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final VolumeSteps volume;
    private final VolumeSettings settings;
    private final Renderer renderer;
    private final String outputs;
    private final Announcer announcer;
    private final OwnSecrets ownSecrets;
    private final Clock clock;
    private SortedMap<String, SecretData> published = new TreeMap<>();
    private Set<Needle> inForce = Set.of();
    /** Of those, what no source gave. */
    private Set<Needle> generated = Set.of();

    /** What the needles' file holds, once it was read: nobody else writes it. */
    private Optional<Needles> written = Optional.empty();

    private List<FileProblem> told = List.of();
    private Optional<Commit> unfinished = Optional.empty();
    private Optional<Manifest> current = Optional.empty();
    private String publishedOutputs = "";
    private Instant tidyAt = Instant.EPOCH;
    private boolean recalled;

    /** A commit that steps 6 and 7 follow. */
    private record Commit(Manifest manifest, Set<String> files) {}

    /** @param outputs a digest of what the configuration asks to be rendered */
    Publisher(
            VolumeSteps volume,
            VolumeSettings settings,
            Renderer renderer,
            String outputs,
            Announcer announcer,
            OwnSecrets ownSecrets,
            Clock clock) {
        this.volume = volume;
        this.settings = settings;
        this.renderer = renderer;
        this.outputs = outputs;
        this.announcer = announcer;
        this.ownSecrets = ownSecrets;
        this.clock = clock;
    }

    /** Takes over what a predecessor left: hands each tracked secret the values that are published. */
    void recall(List<TrackedSecret> secrets) {
        Optional<Manifest> manifest = volume.published();
        if (manifest.isEmpty()) {
            return;
        }
        log.info("found generation {} published", manifest.get().generation());
        recalled = true;
        current = manifest;
        publishedOutputs = manifest.get().outputs();
        manifest.get()
                .secrets()
                .forEach((name, secret) ->
                        published.put(name, new SecretData(secret.version(), volume.publishedValues(name))));
        Set<Needle> needles = new LinkedHashSet<>();
        for (TrackedSecret secret : secrets) {
            Optional.ofNullable(published.get(secret.name())).ifPresent(data -> {
                secret.recall(data, outputs.equals(publishedOutputs));
                needles.addAll(secret.needles(data));
            });
        }
        SortedMap<String, SecretValue> made = new TreeMap<>();
        for (String path : renderer.generatedPaths()) {
            volume.publishedFile(path).ifPresent(value -> made.put(path, value));
        }
        generated = needles(made);
        ownSecrets.learn(generated);
        needles.addAll(generated);
        inForce = needles;
    }

    /** The generation in force, as far as readers can find it by their links and were told. */
    Optional<Manifest> published() {
        return current;
    }

    /** The versions in it, by secret. */
    Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        current.ifPresent(
                manifest -> manifest.secrets().forEach((name, secret) -> versions.put(name, secret.version())));
        return versions;
    }

    /**
     * Publishes what the secrets are now, if that is news.
     *
     * @return whether a generation was published
     * @throws VolumeException when a step failed: the published generation stands, and the call may be repeated
     */
    boolean publish(List<TrackedSecret> secrets) {
        finish();
        SortedMap<String, SecretData> data = new TreeMap<>();
        TreeMap<String, Manifest.Secret> versions = new TreeMap<>();
        Set<Needle> current = new LinkedHashSet<>();
        for (TrackedSecret secret : secrets) {
            secret.data().ifPresent(values -> {
                data.put(secret.name(), values);
                versions.put(secret.name(), new Manifest.Secret(values.version(), secret.staleSince()));
                current.addAll(secret.needles(values));
            });
        }
        // 1
        if (data.equals(published) && outputs.equals(publishedOutputs)) {
            confirm(current);
            return false;
        }
        // 2
        Rendered rendered = renderer.render(data, volume::publishedFile);
        tell(rendered.problems());
        if (this.current.isEmpty() && !rendered.problems().stream().allMatch(FileProblem::kept)) {
            return false;
        }
        Set<Needle> madeNow = needles(rendered.generated());
        ownSecrets.learn(madeNow);
        current.addAll(madeNow);
        Instant now = clock.instant();
        Manifest manifest = new Manifest(volume.nextGeneration(now), now, outputs, versions);
        // 3
        // What is in force is so until the swap: an announcement that no swap followed may have put an end to it
        // before.
        write(needles().with(inForce, now, settings.retain()).with(current, now, settings.retain()));
        announcer.announce(manifest.generation());
        if (Thread.currentThread().isInterrupted()) {
            // The end came before the answers: the next start publishes.
            return false;
        }
        // 4
        volume.write(manifest, rendered.files());
        // 5
        volume.commit(manifest.generation());
        published = data;
        inForce = current;
        generated = madeNow;
        publishedOutputs = outputs;
        tidyAt = Instant.EPOCH;
        unfinished = Optional.of(new Commit(manifest, rendered.files().keySet()));
        finish();
        return true;
    }

    /** After a restart: somebody may have removed the needles, and redactors start from them. */
    private void confirm(Set<Needle> values) {
        if (!recalled) {
            return;
        }
        Set<Needle> current = new LinkedHashSet<>(values);
        current.addAll(generated);
        if (!needles().cover(current)) {
            write(needles().with(current, clock.instant(), settings.retain()));
        }
        recalled = false;
        log.info("the published generation is up to date");
    }

    private Needles needles() {
        Needles needles = written.orElseGet(volume::needles);
        written = Optional.of(needles);
        return needles;
    }

    private void write(Needles changed) {
        // Should it fail, what the file holds then is read again.
        written = Optional.empty();
        volume.writeNeedles(changed);
        written = Optional.of(changed);
    }

    /** Each problem once, not at each turn. */
    private void tell(List<FileProblem> problems) {
        if (!problems.equals(told)) {
            problems.forEach(problem -> log.error(
                    "cannot make the file {}: {}; {}; {}",
                    problem.path(),
                    problem.message(),
                    problem.hint(),
                    problem.kept() ? "its last good content stays" : "it is left out"));
            told = problems;
        }
    }

    private static Set<Needle> needles(Map<String, SecretValue> generated) {
        Set<Needle> needles = new LinkedHashSet<>();
        generated.forEach((path, value) -> needles.add(new Needle(path, "generated", value, Sensitivity.ALWAYS)));
        return needles;
    }

    /** Does what follows a commit; the next call does it where this one fails. */
    private void finish() {
        if (unfinished.isEmpty()) {
            return;
        }
        Commit commit = unfinished.get();
        // 6
        for (String name : volume.link(commit.files())) {
            log.error("something that is not ours is in the way of {}: remove it, readers cannot find {}", name, name);
        }
        unfinished = Optional.empty();
        current = Optional.of(commit.manifest());
        // 7
        announcer.published(commit.manifest());
        log.info("published generation {}, versions {}", commit.manifest().generation(), versions(commit.manifest()));
    }

    /**
     * Removes what is over: old generations, and needles past their time. A value that the published generation holds
     * is never over, whatever its needle says: a publish that failed after its announcement leaves such a one behind.
     *
     * @return when to call again; the far future when nothing waits
     */
    Instant tidy() {
        Instant now = clock.instant();
        if (now.isBefore(tidyAt)) {
            return tidyAt;
        }
        Optional<Instant> generation = volume.sweep(settings.keepGenerations(), settings.keepFor(), now);
        Needles left = needles().expired(now, this::isPublished);
        if (left.entries().size() < needles().entries().size()) {
            write(left);
        }
        tidyAt = earliest(generation, left.nextExpiry(now));
        return tidyAt;
    }

    private boolean isPublished(Needle needle) {
        String name = needle.name();
        // What no source gave lies in a file only, and that may be at the root.
        Optional<SecretValue> value = Optional.of(name)
                .filter(it -> it.contains("/"))
                .map(KeyRef::parse)
                .flatMap(ref -> Optional.ofNullable(published.get(ref.secret()))
                        .map(data -> data.values().get(ref.key())))
                .or(() -> volume.publishedFile(name));
        return value.filter(needle.value()::equals).isPresent();
    }

    private static String versions(Manifest manifest) {
        StringJoiner versions = new StringJoiner(", ");
        manifest.secrets().forEach((name, secret) -> versions.add(name + " " + secret.version()));
        return versions.toString();
    }

    private static Instant earliest(Optional<Instant> one, Optional<Instant> other) {
        Instant first = one.orElse(Instant.MAX);
        return other.filter(first::isAfter).orElse(first);
    }
}
