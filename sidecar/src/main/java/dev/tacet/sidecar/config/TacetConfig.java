package dev.tacet.sidecar.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The whole configuration, checked: what refers to something refers to something that is there.
 *
 * @param volume where to publish
 * @param vault the vault server, when one is used
 * @param age the embedded vault, when one is used
 * @param secrets what to fetch, at least one, in the order of the file
 * @param files what to render beside one file per key
 * @param state the directory in memory where a restart finds what it needs to go on, if one is given
 * @param startDeadline how long the first generation may take; as long as it takes otherwise
 * @param startSpread within what time pods that start together begin to ask, each at its own moment
 * @param health where probes and metrics are answered, if anywhere
 * @param notification the call for each published set, if one is wanted
 * @param allowQuit whether an operator may end the sidecar over the socket
 * @param onTerm what SIGTERM leaves behind
 */
public record TacetConfig(
        VolumeSettings volume,
        Optional<VaultSettings> vault,
        Optional<AgeSettings> age,
        List<SecretSettings> secrets,
        List<FileSettings> files,
        Optional<Path> state,
        Optional<Duration> startDeadline,
        Duration startSpread,
        Optional<HealthSettings> health,
        Optional<NotifySettings> notification,
        boolean allowQuit,
        OnTerm onTerm) {
    public TacetConfig {
        secrets = List.copyOf(secrets);
        files = List.copyOf(files);
    }

    /** The files beside the configuration's own that it was read from: templates. */
    public Set<Path> templateFiles() {
        return files.stream()
                .map(FileSettings::content)
                .filter(FileSettings.Template.class::isInstance)
                .flatMap(content -> ((FileSettings.Template) content).file().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What SIGTERM leaves behind: the key {@code on-term}. */
    public enum OnTerm {
        /** The volume as it is, for the next start. */
        KEEP,
        /** Nothing: credentials are revoked; every file, link and needle of ours is removed. */
        END
    }
}
