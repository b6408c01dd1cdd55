package dev.tacet.sidecar.volume;

import dev.tacet.redactor.volume.VolumeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * The links beside {@code ..data} that readers use, {@code db -> ..data/db}. They go through {@code ..data}, so they
 * are made once and follow each swap by themselves. A link is ours by where it points; nothing else is touched.
 */
final class UserLinks {
    private final Path root;

    UserLinks(Path root) {
        this.root = root;
    }

    /**
     * Makes the links that are missing and removes ours that have no target any more. Call it after the swap: a link
     * must never be seen before there is something behind it.
     *
     * @param names what lies in the root of the published generation
     * @return the names that something foreign stands in the way of
     */
    List<String> update(SortedSet<String> names) throws IOException {
        List<String> blocked = new ArrayList<>();
        for (String name : names) {
            Path link = root.resolve(name);
            if (!OwnFiles.exists(link)) {
                Files.createSymbolicLink(link, target(name));
            } else if (!isOurs(link)) {
                blocked.add(name);
            }
        }
        removeExcept(names);
        return blocked;
    }

    /** Removes our links whose names are not among these. */
    void removeExcept(Set<String> names) throws IOException {
        for (Path entry : OwnFiles.list(root)) {
            if (!names.contains(entry.getFileName().toString()) && isOurs(entry)) {
                Files.deleteIfExists(entry);
            }
        }
    }

    private static boolean isOurs(Path link) throws IOException {
        Optional<Path> target = OwnFiles.linkTarget(link);
        return target.equals(Optional.of(target(link.getFileName().toString())));
    }

    private static Path target(String name) {
        return Path.of(VolumeLayout.DATA, name);
    }
}
