package dev.tacet.sidecar;

import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.source.Failure;
import dev.tacet.sidecar.source.Lease;
import dev.tacet.sidecar.source.RequestListener;
import dev.tacet.sidecar.state.State;
import dev.tacet.sidecar.state.State.Intent;
import dev.tacet.sidecar.state.StateStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers what this process has made the vault do. Only the core's thread uses it.
 *
 * <ol>
 *   <li>What is about to make a token or a lease is written down as an intent.
 *   <li>The request is made.
 *   <li>What came of it is written down in the same moment as the intent is crossed out.
 * </ol>
 *
 * <p>A process that is killed between 1 and 3 leaves one orphan at most: something that may be there and that nobody
 * knows. It ends at its TTL; the successor says so in its audit.
 */
final class Effects implements RequestListener {
    private final StateStore store;
    private final Audit audit;
    private final RequestListener credentials;
    private final Clock clock;
    private final List<Intent> intents = new ArrayList<>();
    private final List<State.Retired> toRetire = new ArrayList<>();
    private Supplier<State> all = Effects::nothing;

    Effects(StateStore store, Audit audit, RequestListener credentials, Clock clock) {
        this.store = store;
        this.audit = audit;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Where all that is to be kept comes from, but for the intents. */
    void keep(Supplier<State> state) {
        all = state;
    }

    /** Something is about to be made. */
    void begin(String operation, String subject) {
        intents.add(new Intent(operation, subject, clock.instant()));
        save();
    }

    /** It came to something, or to nothing. */
    void finish(String operation, String subject) {
        intents.removeIf(intent ->
                intent.operation().equals(operation) && intent.subject().equals(subject));
        save();
    }

    /** It may have come to something, which nobody will ever know: the answer was lost. */
    void lost(String operation, String subject) {
        audit.orphan(new Intent(operation, subject, clock.instant()));
    }

    /** A credential is out of use here. */
    void retire(String secret, String version, Lease lease, Instant end, boolean published) {
        toRetire.add(new State.Retired(secret, version, lease, end, published, Optional.empty(), Instant.MAX));
    }

    /** The same for what was held, if it was held. */
    void retire(State.Current kept, boolean published) {
        kept.held()
                .ifPresent(held -> held.lease()
                        .ifPresent(lease -> retire(
                                kept.name(), kept.version(), lease, held.term().end(), published)));
    }

    /** What was retired since the last call. */
    List<State.Retired> takeRetired() {
        List<State.Retired> taken = List.copyOf(toRetire);
        toRetire.clear();
        return taken;
    }

    /** Writes down how things are now. */
    void save() {
        State now = all.get();
        List<State.Retired> retired = new ArrayList<>(now.retired());
        retired.addAll(toRetire);
        store.save(new State(now.owner(), now.credential(), now.secrets(), retired, intents));
    }

    /** Tells of the intents that a predecessor did not finish. */
    void orphans(List<Intent> unfinished) {
        unfinished.forEach(audit::orphan);
    }

    @Override
    public void obtained(String name, SecretValue value) {
        credentials.obtained(name, value);
    }

    @Override
    public void before(Operation operation, String subject) {
        if (operation == Operation.LOGIN) {
            begin("login", subject);
        }
    }

    @Override
    public void after(Operation operation, String subject, String accessor, Optional<Failure> failure) {
        audit.request(operation, subject, accessor, failure);
        if (operation == Operation.LOGIN) {
            failure.filter(Effects::mayHaveHadItsEffect).ifPresent(lost -> lost("login", subject));
            finish("login", subject);
        }
    }

    /** Whether a request that failed so may have been carried out: no whole answer came. */
    static boolean mayHaveHadItsEffect(Failure failure) {
        return failure.kind() == Failure.Kind.OUTAGE;
    }

    private static State nothing() {
        return new State("", Optional.empty(), List.of(), List.of(), List.of());
    }
}
