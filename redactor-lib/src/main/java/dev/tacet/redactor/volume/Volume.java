package dev.tacet.redactor.volume;

import dev.tacet.redactor.Finding;
import dev.tacet.redactor.Mask;
import dev.tacet.redactor.Needle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One secret volume and what was last read from it. What cannot be read now changes nothing: the last good needles stay in
 * force, also when the volume is gone. Not for threads to share; {@link SecretVolumeWatcher} holds a lock around it.
 */
final class Volume {
    private final Path root;
    private final Problems problems;
    private final RetainedValues plain;
    // Written under the watcher's lock, read by the thread that reports leaks too.
    private volatile List<Needle> needles = List.of();
    private boolean wasRead;
    private Set<Path> directories = Set.of();
    private boolean ours;

    Volume(Path root, Clock clock, Duration retain, Problems problems) {
        this.root = root;
        this.problems = problems;
        this.plain = new RetainedValues(clock, retain);
    }

    Path socket() {
        return root.resolve(VolumeLayout.CONTROL).resolve(VolumeLayout.SOCKET);
    }

    List<Needle> needles() {
        return needles;
    }

    /** Whether a finding is of this volume; for any thread. */
    boolean holds(Finding finding) {
        return needles.stream()
                .anyMatch(needle -> needle.version().equals(finding.version())
                        && new Mask(needle.name()).name().equals(finding.name()));
    }

    /** Whether it was read whole, now or earlier. */
    boolean wasRead() {
        return wasRead;
    }

    /** Where a change would matter, as far as known. */
    Set<Path> directories() {
        return directories;
    }

    /** Reads again; false when the needles are those of an earlier reading, or none, since nothing usable is there now. */
    boolean read() {
        String subject = "volume " + root;
        if (!Files.isDirectory(root)) {
            Path parent = root.toAbsolutePath().getParent();
            directories = parent == null ? Set.of() : Set.of(parent);
            problems.is(
                    subject,
                    needles.isEmpty()
                            ? "it is not there yet; no value of it is masked until it is"
                            : "it is gone; its last values are still masked");
            return false;
        }
        try {
            Path control = root.resolve(VolumeLayout.CONTROL);
            Path file = control.resolve(VolumeLayout.NEEDLES);
            // Once a volume is ours, it stays so: without its needles the links in it would pass for plain files.
            ours |= Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            if (ours) {
                directories = Set.of(root, control);
                needles = NeedlesFile.read(file);
                problems.none(subject);
            } else {
                return readPlain(subject, control);
            }
            wasRead = true;
            return true;
        } catch (BrokenException broken) {
            problems.is(subject, VolumeLayout.NEEDLES + " " + broken.getMessage() + "; the last good one is in force");
        } catch (IOException broken) {
            problems.is(subject, "it cannot be read (" + broken.getClass().getSimpleName() + ")");
        }
        return false;
    }

    private boolean readPlain(String subject, Path control) throws IOException {
        SecretFiles files = SecretFiles.read(root);
        plain.update(files.values(), files.unread());
        needles = plain.needles();
        Set<Path> watched = files.directories();
        if (Files.isDirectory(control)) {
            watched.add(control);
        }
        directories = Set.copyOf(watched);
        // A mount comes before what is put into it.
        wasRead |= !files.values().isEmpty()
                || !files.unread().isEmpty()
                || !files.problems().isEmpty();
        problems.are(
                subject,
                wasRead ? files.problems() : Set.of("nothing is in it yet; no value of it is masked until there is"));
        return wasRead;
    }
}
