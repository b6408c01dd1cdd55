package dev.tacet.sidecar.render;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All files of one generation, none of them written yet.
 *
 * @param files by path below the generation's directory, with {@code /} between names: {@code db/password}; no path
 *     is a directory of another, and every name passes {@link FileNames}
 */
public record Rendered(SortedMap<String, RenderedFile> files) {
    public Rendered {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
