package dev.tacet.sidecar.render;

import dev.tacet.redactor.volume.VolumeLayout;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** What a file in a generation may be called. */
public final class FileNames {
    private static final int LONGEST = 255;

    private FileNames() {}

    /**
     * Checks one name of a path: 1 to 255 bytes of UTF-8, no slash, no control character, no name that a directory or
     * the volume keeps for itself.
     *
     * @return why it is unfit, to stand after the name: {@code holds a slash}. The name is not repeated in it
     */
    public static Optional<String> check(String name) {
        if (name.isEmpty()) {
            return Optional.of("is empty");
        }
        if (name.indexOf('/') >= 0) {
            return Optional.of("holds a slash");
        }
        if (name.indexOf('\0') >= 0) {
            return Optional.of("holds a NUL");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("holds a control character");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("means a directory");
        }
        if (name.startsWith(VolumeLayout.HIDDEN)) {
            return Optional.of("starts with .. as only the volume's own names do");
        }
        return checkBytes(name);
    }

    /**
     * Checks the path of an output against the outputs beside it: each of its names, and that it is neither the same
     * file as another nor above or below one.
     *
     * @param path with {@code /} between its names
     * @param taken the paths of the other outputs; a secret's name is the path of its tree
     * @return why it is unfit, to stand after the path
     */
    public static Optional<String> checkPath(String path, Iterable<String> taken) {
        for (String name : path.split("/", -1)) {
            Optional<String> reason = check(name);
            if (reason.isPresent()) {
                return reason.map(unfit -> "has a name in it that " + unfit);
            }
        }
        for (String other : taken) {
            if (path.equals(other)) {
                return Optional.of("is written by another output");
            }
            if (path.startsWith(other + "/")) {
                return Optional.of("lies inside another output");
            }
            if (other.startsWith(path + "/")) {
                return Optional.of("is a directory of another output");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> checkBytes(String name) {
        try {
            int length = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(name))
                    .remaining();
            if (length > LONGEST) {
                return Optional.of("is longer than 255 bytes");
            }
            // The JVM writes names in the locale's character set, and the C locale's is ASCII.
            return Path.of(name).getNameCount() == 1 ? Optional.empty() : Optional.of("is more than one name");
        } catch (InvalidPathException e) {
            return Optional.of("has letters that the locale cannot write: set LC_ALL=C.UTF-8");
        } catch (CharacterCodingException e) {
            // Half a surrogate pair. Encoded with a substitute, two names could become one.
            return Optional.of("is not Unicode text");
        }
    }
}
