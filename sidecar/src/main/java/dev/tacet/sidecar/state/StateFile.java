package dev.tacet.sidecar.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tacet.sidecar.volume.PrivateFile;
import dev.tacet.sidecar.volume.VolumeException;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A state in a private file in memory. It is written only when it says something new. One thread uses it.
 *
 * <p>What cannot be read, belongs to another vault or login, or is over is warned of and removed: a fresh start then
 * logs in.
 */
public final class StateFile implements StateStore {
    private static final Logger log = LoggerFactory.getLogger(StateFile.class);

    private final PrivateFile file;
    private final String owner;
    private final Clock clock;
    private byte[] written = {};
    private boolean failed;

    /** @param owner what a state has to name for its credential to be of use */
    public StateFile(PrivateFile file, String owner, Clock clock) {
        this.file = file;
        this.owner = owner;
        this.clock = clock;
    }

    @Override
    public Optional<State> load() {
        if (!file.exists()) {
            return Optional.empty();
        }
        Optional<State> state = parse();
        if (state.isEmpty()) {
            return discard("it is damaged, or was not written by this user");
        }
        if (!state.get().owner().equals(owner)) {
            return discard("it is of another vault, namespace or login");
        }
        if (isOver(state.get())) {
            return discard("its token has ended");
        }
        return state;
    }

    private Optional<State> parse() {
        try {
            Optional<byte[]> bytes = file.read();
            return bytes.isEmpty() ? Optional.empty() : Optional.of(StateJson.read(bytes.get()));
        } catch (IOException | DateTimeException | IllegalArgumentException | VolumeException e) {
            return Optional.empty(); // of its content nothing may be shown, not even where it is wrong
        }
    }

    private boolean isOver(State state) {
        Instant now = clock.instant();
        return state.credential()
                .filter(credential -> !credential.term().ttl().isZero()
                        && !credential.term().end().isAfter(now))
                .isPresent();
    }

    private Optional<State> discard(String reason) {
        log.warn("the state in {} is of no use: {}; starting afresh, with a login", file, reason);
        clear();
        return Optional.empty();
    }

    @Override
    public void save(State state) {
        try {
            byte[] content = StateJson.write(state);
            if (Arrays.equals(content, written)) {
                return;
            }
            file.write(content);
            written = content;
            failed = false;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state is made of text and numbers");
        } catch (VolumeException e) {
            if (!failed) {
                log.error("{}; {}; a restart will log in again", e.getMessage(), e.hint());
            }
            failed = true;
        }
    }

    @Override
    public void clear() {
        try {
            file.delete();
            written = new byte[0];
        } catch (VolumeException e) {
            log.error("{}; {}", e.getMessage(), e.hint());
        }
    }
}
