package dev.tacet.sidecar.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of the file. Each key is taken once, by type; {@link #end()} complains of what nobody took. Every
 * complaint says file, line, column and the whole key.
 */
final class Section {
    private final String file;
    private final String path;
    private final Node node;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Entry> untaken;

    /** A key with its value, and where the key stands. */
    private record Entry(Node key, Node value) {}

    private Section(String file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
        for (NodeTuple tuple : children(node)) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw problem(tuple.getKeyNode(), path, "a key must be plain text", "write key: value");
            }
            if (entries.put(key.getValue(), new Entry(key, tuple.getValueNode())) != null) {
                throw problem(key, path(key.getValue()), "given twice", "keep one of them");
            }
        }
        this.untaken = new LinkedHashMap<>(entries);
    }

    /** The whole document, which must be a mapping. */
    static Section root(String file, Node node) {
        return new Section(file, "", node);
    }

    private Iterable<NodeTuple> children(Node given) {
        if (given instanceof MappingNode mapping) {
            return mapping.getValue();
        }
        if (isNull(given)) {
            return java.util.List.of();
        }
        throw problem(given, path, "a list of keys with values is expected", "indent keys below it, one a line");
    }

    /** The keys, for a section whose keys the user chooses. */
    Iterable<String> keys() {
        return entries.keySet();
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Whether a key's value is a section of its own. */
    boolean isSection(String key) {
        Entry entry = entries.get(key);
        return entry != null && entry.value instanceof MappingNode;
    }

    /** Whether the section has no keys at all, as in {@code name:} alone. */
    boolean isEmpty() {
        return entries.isEmpty();
    }

    Section section(String key) {
        Entry entry = required(key, "a section with keys below it");
        return new Section(file, path(key), entry.value);
    }

    Optional<Section> optionalSection(String key) {
        return has(key) ? Optional.of(section(key)) : Optional.empty();
    }

    String text(String key, String example) {
        Entry entry = required(key, example);
        if (entry.value instanceof ScalarNode scalar
                && !isNull(scalar)
                && !scalar.getValue().isEmpty()) {
            return scalar.getValue();
        }
        throw problem(entry.value, path(key), "text is expected", "write " + key + ": " + example);
    }

    Optional<String> optionalText(String key, String example) {
        return has(key) ? Optional.of(text(key, example)) : Optional.empty();
    }

    boolean flag(String key, boolean otherwise) {
        return switch (optionalText(key, "true or false").orElse(Boolean.toString(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(key, "neither true nor false", "write true or false");
        };
    }

    int number(String key, int least, int most, int otherwise) {
        String form = "a whole number from " + least + " to " + most;
        String text = optionalText(key, form).orElse(Integer.toString(otherwise));
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw wrong(key, "not " + form, "leave it out for " + otherwise);
    }

    /** A list of different whole numbers from 0 on; empty where the key is not there. */
    Set<Integer> numbers(String key, int most) {
        if (!has(key)) {
            return Set.of();
        }
        String form = "a list of whole numbers from 0 to " + most;
        String hint = "write " + key + ": [1000, 1001], or leave it out";
        Set<Integer> numbers = new LinkedHashSet<>();
        if (required(key, form).value instanceof SequenceNode list) {
            for (Node each : list.getValue()) {
                if (!(each instanceof ScalarNode scalar) || !scalar.getValue().matches("[0-9]{1,10}")) {
                    throw problem(each, path(key), "not " + form, hint);
                }
                long number = Long.parseLong(scalar.getValue());
                if (number > most || !numbers.add((int) number)) {
                    throw problem(each, path(key), number > most ? "not " + form : "given twice", hint);
                }
            }
        }
        if (numbers.isEmpty()) {
            throw wrong(key, "not " + form, hint);
        }
        return numbers;
    }

    Duration duration(String key, Duration least, Duration most, Duration otherwise) {
        Optional<String> text = optionalText(key, "30s");
        if (text.isEmpty()) {
            return otherwise;
        }
        Duration duration = Durations.parse(text.get()).orElseThrow(() -> wrong(key, "not a duration", Durations.FORM));
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw wrong(key, "out of bounds", "at least " + show(least) + ", at most " + show(most));
        }
        return duration;
    }

    /** One of the names of an enum, in lower case as the file has them. */
    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        Map<String, E> choices = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            choices.put(constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), constant);
        }
        String names = String.join(", ", choices.keySet());
        Optional<String> text = optionalText(key, names);
        if (text.isEmpty()) {
            return otherwise;
        }
        E chosen = choices.get(text.get());
        if (chosen == null) {
            throw wrong(key, "not a known word", "one of: " + names);
        }
        return chosen;
    }

    /** Complains of a key that nobody took. */
    void end() {
        for (Map.Entry<String, Entry> left : untaken.entrySet()) {
            String known = entries.keySet().stream()
                    .filter(key -> !untaken.containsKey(key))
                    .collect(Collectors.joining(", "));
            throw problem(
                    left.getValue().key,
                    path(left.getKey()),
                    "unknown key",
                    known.isEmpty()
                            ? "remove it; see tacet run --help"
                            : "remove it, or see tacet run --help for its name");
        }
    }

    /** A complaint about the value of a key that is there. */
    ConfigException wrong(String key, String what, String hint) {
        Entry entry = entries.get(key);
        return problem(entry == null ? node : entry.value, path(key), what, hint);
    }

    /** A complaint about the key itself. */
    ConfigException wrongName(String key, String what, String hint) {
        Entry entry = entries.get(key);
        return problem(entry == null ? node : entry.key, path(key), what, hint);
    }

    private Entry required(String key, String example) {
        Entry entry = entries.get(key);
        if (entry == null) {
            throw problem(node, path(key), "missing", "add " + key + ": " + example);
        }
        untaken.remove(key);
        return entry;
    }

    private ConfigException problem(Node at, String key, String what, String hint) {
        return new ConfigException(
                file + ":" + (at.getStartMark().getLine() + 1) + ":"
                        + (at.getStartMark().getColumn() + 1) + ": " + (key.isEmpty() ? "" : key + ": ") + what,
                hint);
    }

    private String path(String key) {
        String shown = key.replaceAll("\\p{Cntrl}", "?");
        return path.isEmpty() || shown.isEmpty() ? path + shown : path + "." + shown;
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String show(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
