package dev.tacet.sidecar;

import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.state.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one core leaves to the next: over a restart by way of the state, within a process directly. */
final class Handover {
    private final Sidecar.Parts parts;

    Handover(Sidecar.Parts parts) {
        this.parts = parts;
    }

    /** Goes on with what a predecessor published, and kept in the state. */
    void take() {
        Optional<State> state = parts.store().load();
        parts.sources().forEach(source -> state.flatMap(State::credential).ifPresent(source::resume));
        take(state);
    }

    /** Goes on where another of the same process was: its sources are the same ones. */
    void take(Handover before) {
        take(Optional.of(before.state()));
    }

    private void take(Optional<State> state) {
        parts.publisher().recall(parts.secrets());
        state.ifPresent(this::resume);
        parts.effects().keep(this::state);
    }

    private void resume(State state) {
        Map<String, TrackedSecret> byName =
                parts.secrets().stream().collect(Collectors.toMap(TrackedSecret::name, Function.identity()));
        Map<String, String> versions = parts.publisher().versions();
        for (State.Current kept : state.secrets()) {
            boolean published = kept.version().equals(versions.get(kept.name()));
            TrackedSecret secret = byName.get(kept.name());
            if (secret != null) {
                secret.resume(kept, published);
            } else {
                // It is not in the configuration any more.
                parts.effects().retire(kept, published);
            }
        }
        parts.retirements().resume(state.retired());
        parts.effects().orphans(state.intents());
    }

    /** How things are now; what is about to be made is not in it. */
    State state() {
        return new State(
                parts.owner(),
                parts.sources().stream()
                        .flatMap(source -> source.credential().stream())
                        .findFirst(),
                parts.secrets().stream()
                        .flatMap(secret -> secret.toKeep().stream())
                        .toList(),
                parts.retirements().all(),
                List.of());
    }

    /** All that is held or has not ended yet. */
    List<Lease> leases() {
        Stream<Lease> held = state().secrets().stream()
                .flatMap(secret -> secret.held().stream())
                .flatMap(end -> end.lease().stream());
        return Stream.concat(held, parts.retirements().all().stream().map(State.Retired::lease))
                .toList();
    }

    /** Nothing is to be gone on with. */
    void forget() {
        parts.store().clear();
    }
}
