package dev.tacet.sidecar;

import dev.tacet.sidecar.rotation.Backoff;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.source.SecretSource;
import dev.tacet.sidecar.state.State.Retired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ends credentials that were replaced. Only the core's thread uses it.
 *
 * <ol>
 *   <li>A credential is retired when another one was obtained in its place.
 *   <li>When the other one is published, its time runs: until every application that is connected has said that it uses
 *       the new generation, or for the grace.
 *   <li>Then it is revoked. A vault that is away is asked again until the credential's own end; one that denies it is
 *       not, and the credential is left to its TTL.
 * </ol>
 *
 * <p>One that was never published ends as soon as it is retired: nobody uses it.
 */
final class Retirements {
    private final SecretSource source;
    private final Backoff backoff;
    private final Announcer announcer;
    private final List<Entry> entries = new ArrayList<>();

    /** One of them, and how ending it went so far. */
    private record Entry(Retired retired, int failures, Instant next) {}

    Retirements(SecretSource source, Backoff backoff, Announcer announcer) {
        this.source = source;
        this.backoff = backoff;
        this.announcer = announcer;
    }

    List<Retired> all() {
        return entries.stream().map(Entry::retired).toList();
    }

    /** Takes over what a predecessor had not ended yet. */
    void resume(List<Retired> kept) {
        kept.forEach(this::add);
    }

    /**
     * A credential is replaced.
     *
     * @param end when it ends by itself
     * @param published whether an application may have seen it
     */
    void retire(String secret, String version, Lease lease, Instant end, boolean published) {
        add(new Retired(secret, version, lease, end, published, Optional.empty(), Instant.MAX));
    }

    /**
     * A generation was published.
     *
     * @param versions by secret; one that is not in it is not in the generation
     * @param graces by secret
     */
    void published(String generation, Map<String, String> versions, Map<String, Duration> graces, Instant now) {
        entries.replaceAll(entry -> {
            Retired one = entry.retired;
            boolean replaced = !one.version().equals(versions.get(one.secret()));
            if (one.generation().isPresent() || !replaced) {
                return entry;
            }
            Instant deadline = now.plus(graces.getOrDefault(one.secret(), Duration.ZERO));
            return new Entry(
                    new Retired(
                            one.secret(),
                            one.version(),
                            one.lease(),
                            one.end(),
                            one.published(),
                            Optional.of(generation),
                            deadline),
                    0,
                    Instant.MIN);
        });
    }

    /** Ends what is due. Returns when to call again, at the latest; an acknowledgement may call for it sooner. */
    Instant tend(Instant now) {
        Instant next = Instant.MAX;
        for (Entry entry : List.copyOf(entries)) {
            Instant due = due(entry, now);
            if (!due.isAfter(now)) {
                due = end(entry, now);
            }
            next = due.isBefore(next) ? due : next;
        }
        return next;
    }

    private Instant due(Entry entry, Instant now) {
        Retired one = entry.retired;
        if (!one.end().isAfter(now) || !one.published()) {
            return later(entry.next, now);
        }
        boolean settled = one.generation().map(announcer::isSettled).orElse(false);
        Instant at = settled ? now : earlier(one.deadline(), one.end());
        return later(entry.next, at);
    }

    private Instant end(Entry entry, Instant now) {
        Retired one = entry.retired;
        if (!one.end().isAfter(now)) {
            entries.remove(entry);
            return Instant.MAX;
        }
        Optional<Failure> failure = source.revoke(one.lease());
        if (failure.isEmpty() || failure.get().kind() == Failure.Kind.DENIED) {
            entries.remove(entry);
            return Instant.MAX;
        }
        int failures = entry.failures + 1;
        Instant next = now.plus(backoff.delay(failure.get().setback(), failures));
        entries.set(entries.indexOf(entry), new Entry(one, failures, next));
        return next;
    }

    private void add(Retired retired) {
        entries.add(new Entry(retired, 0, Instant.MIN));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
