package dev.tacet.sidecar.source;

import dev.tacet.sidecar.config.AgeSettings;
import dev.tacet.sidecar.config.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from an {@link AgeStore}, and sees by itself when its file is replaced.
 *
 * <p>A path is a secret's name; there are no mounts. The file is read at each fetch and opened only when its bytes have
 * changed. What cannot be opened is a CONFIGURATION failure; but a damaged file that was changed less than
 * {@link #BEING_WRITTEN} ago is an OUTAGE, because whoever writes it in place may not have finished: trying again helps.
 */
public final class AgeSource implements SecretSource {
    static final Duration BEING_WRITTEN = Duration.ofSeconds(2);
    static final Duration RECHECK = Duration.ofSeconds(30);

    private final AgeSettings settings;
    private final AgeStore store;
    private final RequestListener listener;
    private final Clock clock;
    private final ThreadFactory threads;
    private final List<FileWatch> watches = new ArrayList<>();
    private volatile @Nullable Opened opened;

    @SuppressWarnings("ArrayRecordComponent") // written once, never handed out
    private record Opened(byte[] bytes, AgeDocument document) {}

    /**
     * Opens nothing yet.
     *
     * @param listener hears of the identity before it is used
     * @param clock says how long ago the file was changed
     * @param threads makes the one thread that {@link #watch} needs
     */
    public AgeSource(AgeSettings settings, RequestListener listener, Clock clock, ThreadFactory threads) {
        this.settings = settings;
        this.store = new AgeStore(settings.file(), settings.identityFile());
        this.listener = listener;
        this.clock = clock;
        this.threads = threads;
    }

    @Override
    public Fetch fetch(Origin origin) {
        String path = origin.path();
        try {
            SecretData secret = document().secrets().get(path);
            if (secret == null) {
                return new Fetch.Failed(new Failure(
                        Failure.Kind.NOT_FOUND,
                        "no secret " + path + " in the store " + settings.file(),
                        "tacet store list shows what is in it; tacet store put " + path + "/KEY adds it"));
            }
            return new Fetch.Found(secret);
        } catch (SourceException e) {
            return new Fetch.Failed(e.failure());
        }
    }

    private AgeDocument document() throws SourceException {
        byte[] bytes = store.bytes();
        Opened known = opened;
        if (known != null && Arrays.equals(known.bytes, bytes)) {
            return known.document;
        }
        AgeIdentity identity = store.identity();
        listener.obtained("age identity", identity.secret());
        try {
            AgeDocument document = store.read(bytes, identity);
            opened = new Opened(bytes, document);
            return document;
        } catch (DamagedFileException e) {
            if (!changedJustNow()) {
                throw e;
            }
            throw new SourceException(
                    Failure.Kind.OUTAGE,
                    "the store " + settings.file() + " seems to be written at this moment",
                    "reading is tried again");
        }
    }

    private boolean changedJustNow() {
        try {
            Instant changed = Files.getLastModifiedTime(settings.file()).toInstant();
            return changed.plus(BEING_WRITTEN).isAfter(clock.instant());
        } catch (IOException e) {
            return false; // gone meanwhile: the first failure stands
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A change after this call is seen at once where the system reports it, and within half a minute elsewhere; one
     * before it may be missed, so fetch after it.
     */
    @Override
    public void watch(Runnable changed) {
        FileWatch watch = new FileWatch(settings.file(), RECHECK, changed);
        watches.add(watch);
        threads.newThread(watch).start();
    }

    @Override
    public void close() {
        watches.forEach(FileWatch::close);
        watches.clear();
    }
}
