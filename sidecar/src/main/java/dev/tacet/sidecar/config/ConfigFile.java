package dev.tacet.sidecar.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a configuration file. Paths in it that are relative are so to the file's own directory. */
public final class ConfigFile {
    private static final Duration DAY = Duration.ofHours(24);
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private final Paths paths;

    private ConfigFile(Paths paths) {
        this.paths = paths;
    }

    /**
     * Reads and checks a file.
     *
     * @throws ConfigException naming file, line, column and key of the first thing that is wrong
     */
    public static TacetConfig read(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Section root = Section.root(file.toString(), YamlFile.parse(file));
        Path parent = absolute.getParent();
        return new ConfigFile(new Paths(parent == null ? absolute : parent)).config(root);
    }

    private TacetConfig config(Section root) {
        VolumeSettings volume = volume(root.section("volume"));
        Optional<VaultSettings> vault = root.optionalSection("vault").map(section -> VaultSection.read(section, paths));
        Optional<AgeSettings> age = root.optionalSection("age").map(this::age);
        if (vault.isEmpty() && age.isEmpty()) {
            throw root.wrong("vault", "missing", "say where secrets come from: a section vault or age");
        }
        Section named = root.section("secrets");
        List<SecretSettings> secrets = new ArrayList<>();
        for (String name : named.keys()) {
            if (!name.matches(NAME)) {
                throw named.wrongName(name, "not a name for a secret", "letters, digits, . _ - only, at most 63");
            }
            secrets.add(SecretSection.read(name, named.section(name), vault.isPresent(), age.isPresent()));
        }
        if (secrets.isEmpty()) {
            throw root.wrong("secrets", "empty", "add a secret, such as db: {path: app/db}");
        }
        List<FileSettings> files = root.optionalSection("files")
                .map(section -> FileSection.read(section, secrets, paths))
                .orElse(List.of());
        Optional<Path> state = root.optionalSection("state").map(section -> {
            Path path = paths.path(section, "path", "/run/tacet-state");
            section.end();
            return path;
        });
        if (state.filter(path -> path.startsWith(volume.path()) || volume.path().startsWith(path))
                .isPresent()) {
            throw root.wrong(
                    "state",
                    "inside the volume, or round it",
                    "name a directory that only the sidecar mounts, in memory");
        }
        Optional<Duration> startDeadline = root.has("start-deadline")
                ? Optional.of(root.duration("start-deadline", Duration.ofSeconds(1), DAY, DAY))
                : Optional.empty();
        Duration startSpread = root.duration("start-spread", Duration.ZERO, Duration.ofMinutes(10), Duration.ZERO);
        Optional<HealthSettings> health = root.optionalSection("health").map(PodSections::health);
        Optional<NotifySettings> notification = root.optionalSection("notify").map(PodSections::http);
        boolean allowQuit = root.flag("allow-quit", false);
        TacetConfig.OnTerm onTerm = root.choice("on-term", TacetConfig.OnTerm.class, TacetConfig.OnTerm.KEEP);
        root.end();
        return new TacetConfig(
                volume,
                vault,
                age,
                secrets,
                files,
                state,
                startDeadline,
                startSpread,
                health,
                notification,
                allowQuit,
                onTerm);
    }

    private VolumeSettings volume(Section section) {
        VolumeSettings volume = new VolumeSettings(
                paths.path(section, "path", "/run/tacet"),
                section.flag("allow-disk", false),
                section.duration("quiescence", Duration.ZERO, Duration.ofMinutes(1), Duration.ofMillis(200)),
                section.duration("announce-timeout", Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(2)),
                section.number("keep-generations", 0, 100, 1),
                section.duration("keep-for", Duration.ZERO, DAY, Duration.ofSeconds(30)),
                section.duration("retain", Duration.ofSeconds(1), DAY, Duration.ofHours(1)),
                section.numbers("peer-users", Integer.MAX_VALUE - 1));
        section.end();
        return volume;
    }

    private AgeSettings age(Section section) {
        AgeSettings age = new AgeSettings(
                paths.path(section, "file", "store.age"), paths.path(section, "identity-file", "identity.txt"));
        section.end();
        return age;
    }
}
