package dev.tacet.sidecar.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has happened, counted. Labels come from fixed sets of words, so there are never many. For many threads.
 */
public final class Meters {
    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    /** What is counted. */
    public enum Counter {
        VAULT_REQUESTS("tacet_vault_requests_total", "Requests to the vault.", "op", "outcome"),
        PUBLISHES("tacet_publishes_total", "Publishes of a set.", "outcome", ""),
        NOTIFICATIONS("tacet_notifications_total", "Notifications of a published set.", "channel", "outcome"),
        REJECTS("tacet_rejects_total", "Credentials that an application said were refused.", "outcome", "");

        private final String metric;
        private final String help;
        private final String first;
        private final String second;

        Counter(String metric, String help, String first, String second) {
            this.metric = metric;
            this.help = help;
            this.first = first;
            this.second = second;
        }

        String metric() {
            return metric;
        }

        String help() {
            return help;
        }

        String first() {
            return first;
        }

        String second() {
            return second;
        }
    }

    /** One time series. */
    record Key(Counter counter, String first, String second) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byCounter = counter.compareTo(other.counter);
            int byFirst = byCounter != 0 ? byCounter : first.compareTo(other.first);
            return byFirst != 0 ? byFirst : second.compareTo(other.second);
        }
    }

    /** One more, of a counter with two labels. */
    public void count(Counter counter, String first, String second) {
        counts.computeIfAbsent(new Key(counter, first, second), key -> new LongAdder())
                .increment();
    }

    /** One more, of a counter with one label. */
    public void count(Counter counter, String first) {
        count(counter, first, "");
    }

    Map<Key, Long> counts() {
        Map<Key, Long> now = new TreeMap<>();
        counts.forEach((key, adder) -> now.put(key, adder.sum()));
        return now;
    }
}
