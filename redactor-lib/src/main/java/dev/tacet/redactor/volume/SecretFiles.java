package dev.tacet.redactor.volume;

import dev.tacet.redactor.Mask;
import dev.tacet.redactor.SecretValue;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One reading of a plain directory in which every file is a secret: a Kubernetes Secret mount, {@code /run/secrets},
 * Vault Agent's output.
 *
 * <p>Reads regular files; follows links that stay inside the directory; skips names that start with {@code ..}. Bounds:
 * {@value #FILES} files, {@value #FILE_BYTES} bytes each, {@value #ALL_BYTES} together, {@value #DEPTH} levels. What is
 * left out is named in {@link #problems}. Not for threads to share.
 */
final class SecretFiles {
    private static final int FILES = 10_000;
    private static final int FILE_BYTES = 1 << 20;
    private static final int ALL_BYTES = 64 << 20;
    private static final int DEPTH = 8;

    private final SortedMap<String, SecretValue> values = new TreeMap<>();
    private final SortedSet<String> unread = new TreeSet<>();
    private final SortedSet<String> problems = new TreeSet<>();
    private final Set<Path> directories = new HashSet<>();
    private final Set<Path> open = new HashSet<>();
    private final Path root;
    private long allBytes;

    private SecretFiles(Path realRoot) {
        this.root = realRoot;
    }

    static SecretFiles read(Path directory) throws IOException {
        SecretFiles files = new SecretFiles(directory.toRealPath());
        files.walk(directory, "", 0);
        return files;
    }

    /** The values by path relative to the directory. */
    SortedMap<String, SecretValue> values() {
        return values;
    }

    /** The paths that are there but could not be read this time. */
    Set<String> unread() {
        return unread;
    }

    /** What was left out and why, without a value. */
    Set<String> problems() {
        return problems;
    }

    /** The directories in which a change would matter. */
    Set<Path> directories() {
        return directories;
    }

    private void walk(Path directory, String prefix, int depth) throws IOException {
        Path real = directory.toRealPath();
        if (!open.add(real)) {
            return; // a link to a directory around it
        }
        directories.add(directory);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.startsWith(VolumeLayout.HIDDEN)) {
                    continue;
                }
                if (values.size() >= FILES) {
                    problems.add("it has more than " + FILES + " files");
                    return;
                }
                visit(entry, prefix + name, depth);
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        } finally {
            open.remove(real);
        }
    }

    private void visit(Path entry, String name, int depth) {
        try {
            Path real = entry.toRealPath();
            if (!real.startsWith(root)) {
                problems.add(shown(name) + " is a link out of it");
            } else if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
                take(name, RegularFile.read(real, FILE_BYTES));
            } else if (depth < DEPTH) {
                walk(entry, name + "/", depth + 1);
            } else {
                problems.add(shown(name) + " is more than " + DEPTH + " levels down");
            }
        } catch (BrokenException broken) {
            problems.add(shown(name) + " " + broken.getMessage());
        } catch (IOException broken) {
            // Its message is a path as it is; the name alone, made safe, says enough.
            unread.add(name);
            problems.add(shown(name) + " cannot be read");
        }
    }

    private void take(String name, byte[] bytes) throws BrokenException {
        allBytes += bytes.length;
        if (allBytes > ALL_BYTES) {
            throw new BrokenException("and others do not fit: there are more than " + ALL_BYTES + " bytes");
        }
        values.put(name, SecretValue.of(bytes));
    }

    private static String shown(String name) {
        return new Mask(name).name();
    }
}
