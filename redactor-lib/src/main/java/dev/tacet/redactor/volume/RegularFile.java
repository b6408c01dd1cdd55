package dev.tacet.redactor.volume;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads files that are files: a pipe or a device would block or never end. */
final class RegularFile {
    private RegularFile() {}

    /** All bytes of {@code file}, which is neither a link nor anything else than a file, and not too large. */
    static byte[] read(Path file, int mostBytes) throws IOException, BrokenException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BrokenException("is no regular file");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new BrokenException("has more than " + mostBytes + " bytes");
            }
            return bytes;
        }
    }
}
