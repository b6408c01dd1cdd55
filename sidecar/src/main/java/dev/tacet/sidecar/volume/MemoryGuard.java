package dev.tacet.sidecar.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Refuses to put secrets on a disk, where they would outlive the pod. */
final class MemoryGuard {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private MemoryGuard() {}

    /**
     * Looks at the file system that a directory lies on.
     *
     * @return a warning to give, where a disk is allowed and it is one
     * @throws VolumeException when it is a disk and none is allowed
     */
    static Optional<String> check(Path directory, boolean allowDisk) throws IOException {
        String type = Files.getFileStore(directory).type();
        if (IN_MEMORY.contains(type)) {
            return Optional.empty();
        }
        if (allowDisk) {
            return Optional.of("the volume " + directory + " is on a disk (" + type
                    + "), as allow-disk permits: secrets written there can be read after a crash, a backup or a theft");
        }
        throw new VolumeException(
                "the volume " + directory + " is on " + type + ", not in memory",
                "mount a tmpfs there (an emptyDir with medium: Memory), use a directory under /dev/shm,"
                        + " or set volume.allow-disk: true where secrets may lie on a disk");
    }
}
