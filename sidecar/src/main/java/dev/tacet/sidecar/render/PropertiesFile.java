package dev.tacet.sidecar.render;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A properties file to render.
 *
 * @param path below the generation's directory, such as {@code application.properties}
 * @param entries where each property's value comes from, in the order in which they are written
 * @param mode the file's permission bits
 */
public record PropertiesFile(String path, Map<String, KeyRef> entries, int mode) {
    public PropertiesFile {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        Modes.require(mode);
    }
}
