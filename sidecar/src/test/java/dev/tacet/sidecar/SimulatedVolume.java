package dev.tacet.sidecar;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.render.RenderedFile;
import dev.tacet.sidecar.volume.Manifest;
import dev.tacet.sidecar.volume.Needles;
import dev.tacet.sidecar.volume.VolumeSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A volume of a simulation: it may be full, and the process may be killed before and after each step and within a
 * writing. What is wrong with what readers see is thrown as an {@link AssertionError} at once.
 */
final class SimulatedVolume implements VolumeSteps {
    final SimulatedWorld world;
    private final TreeMap<String, Written> generations = new TreeMap<>();
    private final Map<SecretValue, Instant> replaced = new HashMap<>();
    private Optional<String> data = Optional.empty();
    private Needles needles = Needles.NONE;
    private int count;

    private static final class Written {
        final Manifest manifest;
        final SortedMap<String, RenderedFile> files = new TreeMap<>();
        boolean whole;
        Instant oldSince = Instant.MAX;

        Written(Manifest manifest) {
            this.manifest = manifest;
        }
    }

    SimulatedVolume(SimulatedWorld world) {
        this.world = world;
    }

    /** What a start sweeps. */
    void open() {
        generations.keySet().removeIf(id -> !data.equals(Optional.of(id)));
    }

    /** A file as a reader finds it now. */
    Optional<String> read(String file) {
        return data.map(generations::get)
                .map(generation -> generation.files.get(file))
                .map(found -> new String(found.content().reveal(), java.nio.charset.StandardCharsets.UTF_8));
    }

    Optional<String> generation() {
        return data;
    }

    /** What must hold at any moment. */
    void check() {
        if (data.isEmpty()) {
            return;
        }
        Written published = generations.get(data.get());
        if (published == null || !published.whole) {
            throw new AssertionError("a reader finds no whole generation");
        }
        Set<SecretValue> known =
                needles.entries().stream().map(entry -> entry.needle().value()).collect(Collectors.toSet());
        for (RenderedFile file : published.files.values()) {
            if (!known.contains(file.content())) {
                throw new AssertionError("a value is published that no redactor knows");
            }
        }
    }

    /** What must hold when the process has been up and able to write for a while. */
    void checkRetention(Duration retain) {
        Instant limit = world.now().minus(retain).minusSeconds(90);
        Set<SecretValue> kept = new HashSet<>();
        needles.entries().forEach(entry -> kept.add(entry.needle().value()));
        generations.values().forEach(written -> written.files.values().forEach(file -> kept.add(file.content())));
        replaced.forEach((value, since) -> {
            if (since.isBefore(limit) && kept.contains(value)) {
                throw new AssertionError("an old value outlives its retention");
            }
        });
    }

    @Override
    public Optional<Manifest> published() {
        world.mayBeKilled();
        return data.map(id -> generations.get(id).manifest);
    }

    @Override
    public SortedMap<String, SecretValue> publishedValues(String secret) {
        TreeMap<String, SecretValue> values = new TreeMap<>();
        data.map(generations::get)
                .ifPresent(written -> written.files.forEach((path, file) -> {
                    if (path.startsWith(secret + "/")) {
                        values.put(path.substring(secret.length() + 1), file.content());
                    }
                }));
        return values;
    }

    @Override
    public String nextGeneration(Instant now) {
        count++;
        return String.format("generation-%06d", count);
    }

    @Override
    public Needles needles() {
        return needles;
    }

    @Override
    public void writeNeedles(Needles wanted) {
        world.mayBeKilled();
        world.mayBeFull();
        needles = wanted;
        check();
        world.mayBeKilled();
    }

    @Override
    public void write(Manifest manifest, SortedMap<String, RenderedFile> files) {
        world.mayBeKilled();
        Written written = new Written(manifest);
        generations.put(manifest.generation(), written);
        try {
            files.forEach((path, file) -> {
                world.mayBeFull();
                world.mayBeKilled();
                written.files.put(path, file);
            });
        } catch (RuntimeException full) {
            generations.remove(manifest.generation());
            throw full;
        }
        written.whole = true;
        check();
        world.mayBeKilled();
    }

    @Override
    public void commit(String generation) {
        world.mayBeKilled();
        Optional<String> before = data;
        data = Optional.of(generation);
        check();
        Set<SecretValue> current = generations.get(generation).files.values().stream()
                .map(RenderedFile::content)
                .collect(Collectors.toSet());
        before.map(generations::get).ifPresent(old -> {
            old.oldSince = world.now();
            old.files.values().forEach(file -> replaced.put(file.content(), world.now()));
        });
        replaced.keySet().removeAll(current);
        world.mayBeKilled();
    }

    @Override
    public List<String> link(Set<String> files) {
        world.mayBeKilled();
        world.mayBeFull();
        return List.of();
    }

    @Override
    public Optional<Instant> sweep(int keep, Duration keepFor, Instant now) {
        world.mayBeKilled();
        generations
                .entrySet()
                .removeIf(entry -> !data.equals(Optional.of(entry.getKey()))
                        && !entry.getValue().oldSince.isAfter(now.minus(keepFor)));
        Optional<Instant> next = generations.values().stream()
                .map(written -> written.oldSince)
                .filter(since -> since.isBefore(Instant.MAX))
                .map(since -> since.plus(keepFor))
                .min(Instant::compareTo);
        check();
        return next;
    }

    @Override
    public Optional<SecretValue> publishedFile(String path) {
        return data.map(generations::get)
                .map(written -> written.files.get(path))
                .map(RenderedFile::content);
    }
}
