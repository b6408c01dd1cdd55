package dev.tacet.sidecar.state;

import java.util.Optional;

/** Where the state is kept between two lives of the process. */
public interface StateStore {

    /** What the predecessor left, if it can be used at all; what cannot is warned of and removed. */
    Optional<State> load();

    /** Replaces what is kept, whole. A failure is told of and not thrown: a sidecar without memory still works. */
    void save(State state);

    /** Removes what is kept. */
    void clear();

    /** Nowhere. */
    static StateStore none() {
        return new StateStore() {
            @Override
            public Optional<State> load() {
                return Optional.empty();
            }

            @Override
            public void save(State state) {}

            @Override
            public void clear() {}
        };
    }
}
