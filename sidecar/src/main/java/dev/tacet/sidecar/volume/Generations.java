package dev.tacet.sidecar.volume;

import dev.tacet.redactor.SecretValue;
import dev.tacet.redactor.volume.VolumeLayout;
import dev.tacet.sidecar.render.RenderedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The generation directories of a volume: naming, writing, removing. What it has not written whole and linked, it
 * removes; it never changes one that is written. A directory is ours by its name and its owner.
 */
final class Generations {
    private static final int DIRECTORY_MODE = 0750;
    private static final int MANIFEST_MODE = 0440;
    private static final String NAME = "\\.\\.\\d{4}_\\d\\d_\\d\\d_\\d\\d_\\d\\d_\\d\\d\\.\\d{9,}";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu_MM_dd_HH_mm_ss").withZone(ZoneOffset.UTC);

    private final Path root;
    private final int uid;

    Generations(Path root, int uid) {
        this.root = root;
        this.uid = uid;
    }

    /** The id for what comes after {@code previous}: the time for people, and a count that makes it unique. */
    static String nextId(Optional<String> previous, Instant now) {
        long count = previous.map(id -> Long.parseLong(id.substring(id.lastIndexOf('.') + 1)))
                .orElse(0L);
        return STAMP.format(now) + String.format(".%09d", count + 1);
    }

    Path directory(String id) {
        return root.resolve(VolumeLayout.HIDDEN + id);
    }

    /** The generation that {@code ..data} points to, where it points to one of ours. */
    Optional<String> published() throws IOException {
        return OwnFiles.linkTarget(root.resolve(VolumeLayout.DATA))
                .map(Path::toString)
                .filter(target -> target.matches(NAME))
                .filter(target -> Files.isDirectory(root.resolve(target)))
                .map(target -> target.substring(VolumeLayout.HIDDEN.length()));
    }

    /** What lies in the root of a generation for readers. */
    SortedSet<String> names(String id) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (Path entry : OwnFiles.list(directory(id))) {
            names.add(entry.getFileName().toString());
        }
        names.removeIf(name -> name.startsWith(VolumeLayout.HIDDEN));
        return names;
    }

    /** The files of one directory of a generation, by name. */
    SortedMap<String, SecretValue> values(String id, String name) throws IOException {
        TreeMap<String, SecretValue> values = new TreeMap<>();
        Path directory = directory(id).resolve(name);
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            for (Path file : OwnFiles.list(directory)) {
                values.put(file.getFileName().toString(), SecretValue.of(Files.readAllBytes(file)));
            }
        }
        return values;
    }

    /** One file of a generation. */
    Optional<SecretValue> file(String id, String path) throws IOException {
        Path file = directory(id).resolve(path).normalize();
        boolean there = file.startsWith(directory(id)) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        return there ? Optional.of(SecretValue.of(Files.readAllBytes(file))) : Optional.empty();
    }

    /** Writes a generation that no link points to yet. */
    void write(Manifest manifest, SortedMap<String, RenderedFile> files) throws IOException {
        Path directory = directory(manifest.generation());
        OwnFiles.createDirectory(directory, DIRECTORY_MODE);
        Set<Path> made = new HashSet<>();
        for (Map.Entry<String, RenderedFile> entry : files.entrySet()) {
            Path file = directory;
            for (Path part : Path.of(entry.getKey())) {
                if (!file.equals(directory) && made.add(file)) {
                    OwnFiles.createDirectory(file, DIRECTORY_MODE);
                }
                file = file.resolve(part);
            }
            OwnFiles.createFile(
                    file, entry.getValue().mode(), entry.getValue().content().reveal());
        }
        OwnFiles.createFile(directory.resolve(VolumeLayout.MANIFEST), MANIFEST_MODE, manifest.toJson(files));
    }

    /**
     * Removes what is not published, but for the newest few that are young enough for a slow reader to be in them.
     *
     * @return when the next one is due, where one was kept
     */
    Optional<Instant> sweep(int keep, Duration keepFor, Instant now) throws IOException {
        Optional<String> published = published();
        List<Path> old = new ArrayList<>();
        for (Path entry : OwnFiles.list(root)) {
            String name = entry.getFileName().toString();
            boolean ours = name.matches(NAME) && OwnFiles.isOwnDirectory(entry, uid);
            if (ours && !published.map(this::directory).equals(Optional.of(entry))) {
                old.add(entry);
            }
        }
        old.sort(Comparator.comparing(Generations::count).reversed());
        Optional<Instant> next = Optional.empty();
        for (int i = 0; i < old.size(); i++) {
            // Nobody publishes what was replaced before this moment, so the time of the swap bounds its age.
            Optional<Instant> due = i < keep ? replacedAt().map(at -> at.plus(keepFor)) : Optional.empty();
            if (due.isPresent() && due.get().isAfter(now)) {
                next = due;
            } else {
                OwnFiles.deleteTree(old.get(i));
            }
        }
        return next;
    }

    /** When the published generation took the place of the one before it. */
    private Optional<Instant> replacedAt() throws IOException {
        Optional<String> published = published();
        return published.isEmpty()
                ? Optional.empty()
                : Manifest.read(directory(published.get()).resolve(VolumeLayout.MANIFEST))
                        .map(Manifest::created);
    }

    private static long count(Path directory) {
        String name = directory.getFileName().toString();
        return Long.parseLong(name.substring(name.lastIndexOf('.') + 1));
    }
}
