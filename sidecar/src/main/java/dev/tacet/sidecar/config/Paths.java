package dev.tacet.sidecar.config;

import java.nio.file.Path;

/** Reads paths; those that are relative are so to the directory of the file they stand in. */
record Paths(Path directory) {
    Path path(Section section, String key, String example) {
        String text = section.text(key, example);
        if (text.indexOf('\0') >= 0) {
            throw section.wrong(key, "not a path", "write a path such as " + example);
        }
        return directory.resolve(text).normalize();
    }
}
