package dev.tacet.sidecar.source;

/**
 * A place that secrets are read from. One thread reads at a time.
 *
 * <p>What can be expected to go wrong is a result, {@link Fetch.Failed}, never an exception; its text may be shown.
 */
public interface SecretSource extends AutoCloseable {

    /**
     * Reads one secret whole, in one request, logging in first where that is needed.
     *
     * @param path where it is, in this source's own terms
     */
    Fetch fetch(SecretPath path);

    /** Calls {@code changed}, on any thread, when this source sees by itself that a secret may have changed. */
    default void watch(Runnable changed) {}

    @Override
    void close();
}
