package dev.tacet.sidecar.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One rendered file: an entry of {@code files}.
 *
 * @param path its name in the volume
 * @param format how it is written
 * @param entries by property name, in the order of the file
 */
public record FileSettings(String path, Format format, Map<String, Reference> entries) {
    public FileSettings {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The formats that can be rendered. */
    public enum Format {
        /** {@code java.util.Properties}. */
        PROPERTIES
    }

    /** A value by the secret's name here and the key in it. */
    public record Reference(String secret, String key) {}
}
