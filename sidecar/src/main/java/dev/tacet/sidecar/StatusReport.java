package dev.tacet.sidecar;

import dev.tacet.sidecar.health.Status;
import dev.tacet.sidecar.rotation.Term;
import dev.tacet.sidecar.source.Credential;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.volume.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the core says of itself after each turn. */
final class StatusReport {
    private StatusReport() {}

    static Status of(
            Instant now, Optional<Manifest> published, List<SecretSource> sources, List<TrackedSecret> secrets) {
        Optional<Instant> tokenEnds = sources.stream()
                .flatMap(source -> source.credential().stream())
                .map(Credential::term)
                .filter(term -> !term.ttl().isZero())
                .map(Term::end)
                .findFirst();
        return new Status(
                now,
                published.map(Manifest::generation),
                published.map(Manifest::created),
                tokenEnds,
                secrets.stream().map(secret -> secret.status(now)).toList());
    }
}
