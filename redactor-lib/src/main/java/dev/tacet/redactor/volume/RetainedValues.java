package dev.tacet.redactor.volume;

import dev.tacet.redactor.Needle;
import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.Sensitivity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of a plain directory, and those which it held a while ago: an application goes on using, and logging, a value
 * that has been replaced. For our own volumes the sidecar does this. Not for threads to share.
 */
final class RetainedValues {
    /** A file rewritten every second must not fill the memory; the oldest go first. */
    private static final int MOST_OLD = 1_000;

    private final Clock clock;
    private final Duration retain;
    private SortedMap<String, SecretValue> current = new TreeMap<>();
    private final List<Old> old = new ArrayList<>();

    private record Old(String name, SecretValue value, Instant until) {}

    RetainedValues(Clock clock, Duration retain) {
        this.clock = clock;
        this.retain = retain;
    }

    /** Takes the place of the last values, save those of files that are there but were not readable now. */
    void update(SortedMap<String, SecretValue> values, Set<String> unread) {
        Instant now = clock.instant();
        SortedMap<String, SecretValue> next = new TreeMap<>(values);
        next.replaceAll((name, value) -> bare(value));
        next.values().removeIf(value -> value.length() == 0);
        current.forEach((name, value) -> {
            if (unread.contains(name)) {
                next.put(name, value);
            } else if (!Objects.equals(next.get(name), value)) {
                old.add(new Old(name, value, now.plus(retain)));
            }
        });
        current = next;
        old.removeIf(one -> one.until().isBefore(now) || Objects.equals(next.get(one.name()), one.value()));
        while (old.size() > MOST_OLD) {
            old.remove(0);
        }
    }

    /** Without the line breaks at its end: a file that was only written again with one is no rotation. */
    private static SecretValue bare(SecretValue value) {
        byte[] bytes = value.reveal();
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return end == bytes.length ? value : SecretValue.of(Arrays.copyOf(bytes, end));
    }

    List<Needle> needles() {
        List<Needle> needles = new ArrayList<>();
        current.forEach((name, value) -> needles.add(needle(name, value)));
        old.forEach(one -> needles.add(needle(one.name(), one.value())));
        return List.copyOf(needles);
    }

    private static Needle needle(String name, SecretValue value) {
        return new Needle(name, "", value, Sensitivity.AUTO);
    }
}
