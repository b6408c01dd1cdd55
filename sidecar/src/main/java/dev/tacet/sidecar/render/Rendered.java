package dev.tacet.sidecar.render;

import dev.tacet.redactor.SecretValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All files of one generation, none of them written yet.
 *
 * @param files by path below the generation's directory, with {@code /} between names: {@code db/password}; no path
 *     is a directory of another, and every name passes {@link FileNames}
 * @param generated the secrets among the files that no source gave, by the path of the file that holds it: a
 *     keystore's password. Redactors must know them as they know those of the sources, before they are published
 * @param problems the files that are not what they should be. Whoever publishes a first generation must not while one
 *     of them was not {@link FileProblem#kept()}; later, what is here can be published and the problems are told of
 */
public record Rendered(
        SortedMap<String, RenderedFile> files, SortedMap<String, SecretValue> generated, List<FileProblem> problems) {
    public Rendered {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        generated = Collections.unmodifiableSortedMap(new TreeMap<>(generated));
        problems = List.copyOf(problems);
    }

    static Rendered none() {
        return new Rendered(new TreeMap<>(), new TreeMap<>(), List.of());
    }

    static Rendered of(SortedMap<String, RenderedFile> files) {
        return new Rendered(files, new TreeMap<>(), List.of());
    }

    static Rendered of(String path, RenderedFile file) {
        SortedMap<String, RenderedFile> files = new TreeMap<>();
        files.put(path, file);
        return of(files);
    }

    /** A file that could not be made, with its last good bytes where there are any. */
    static Rendered failed(String path, int mode, Previous previous, String message, String hint) {
        SortedMap<String, RenderedFile> files = new TreeMap<>();
        previous.content(path).ifPresent(content -> files.put(path, new RenderedFile(content, mode)));
        FileProblem problem = new FileProblem(path, message, hint, !files.isEmpty());
        return new Rendered(files, new TreeMap<>(), List.of(problem));
    }

    /** The files of both. */
    Rendered and(Rendered others) {
        SortedMap<String, RenderedFile> allFiles = new TreeMap<>(files);
        allFiles.putAll(others.files);
        SortedMap<String, SecretValue> allGenerated = new TreeMap<>(generated);
        allGenerated.putAll(others.generated);
        List<FileProblem> allProblems = new ArrayList<>(problems);
        allProblems.addAll(others.problems);
        return new Rendered(allFiles, allGenerated, allProblems);
    }
}
