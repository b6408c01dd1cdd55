package dev.tacet.sidecar.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads paths; those that are relative are so to the directory of the file they stand in. */
record Paths(Path directory) {
    Path path(Section section, String key, String example) {
        String text = section.text(key, example);
        try {
            return directory.resolve(text).normalize();
        } catch (InvalidPathException e) {
            // A NUL, half a surrogate pair, or letters that the locale cannot write. Its message quotes the text.
            throw section.wrong(key, "not a path", "write a path such as " + example);
        }
    }
}
