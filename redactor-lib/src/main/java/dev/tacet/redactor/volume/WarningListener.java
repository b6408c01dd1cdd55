package dev.tacet.redactor.volume;

/**
 * Hears what is wrong with a volume. The text names files and volumes, never a value.
 *
 * <p>Each problem is told once, and again when it comes back. Called on the watcher's threads, one call at a time; must not
 * block and should not log through what it watches for.
 */
@FunctionalInterface
public interface WarningListener {
    void warning(String text);
}
