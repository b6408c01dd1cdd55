package dev.tacet.redactor;

/**
 * Hears of secrets that were masked. Called by a thread of the redactor's own, at most once a second for each kind of leak;
 * never by a thread that logs. What it throws is counted and dropped.
 */
@FunctionalInterface
public interface LeakListener {

    void leaked(Leak leak);
}
