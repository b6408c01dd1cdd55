package dev.tacet.redactor.rules;

import dev.tacet.redactor.match.Detector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A set of token rules. Immutable. */
public final class Rules {
    private static final Rules NONE = of(List.of());

    private final List<RuleGroup> groups;
    private final List<String> names;
    private final List<Detector> detectors;

    private Rules(List<RuleGroup> groups, List<String> names, List<Detector> detectors) {
        this.groups = groups;
        this.names = names;
        this.detectors = detectors;
    }

    static Rules of(List<RuleGroup> groups) {
        List<String> names = new ArrayList<>();
        List<Detector> detectors = new ArrayList<>();
        for (RuleGroup group : groups) {
            detectors.add(group.detector(names.size()));
            names.addAll(group.names());
        }
        return new Rules(List.copyOf(groups), List.copyOf(names), List.copyOf(detectors));
    }

    /** No rules. */
    public static Rules none() {
        return NONE;
    }

    /** The rules that come with this library. */
    public static Rules builtIn() {
        return BuiltIn.RULES;
    }

    /**
     * The rules of a file in gitleaks' TOML format.
     *
     * @throws RuleFileException when the file is broken or asks for something that cannot be honoured; names line and rule
     * @throws IOException when the file, or one that it extends, cannot be read
     */
    public static Rules read(Path file) throws IOException {
        return of(List.of(RuleFile.read(file)));
    }

    /** These rules and others. */
    public Rules and(Rules others) {
        List<RuleGroup> all = new ArrayList<>(groups);
        all.addAll(others.groups);
        return of(all);
    }

    /** The names of all rules, as masks show them. The hits of the rule {@code names().get(i)} have the id {@code i}. */
    public List<String> names() {
        return names;
    }

    /** What looks for them; for this library alone. */
    public List<Detector> detectors() {
        return detectors;
    }
}
