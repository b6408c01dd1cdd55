package dev.tacet.sidecar.render;

import dev.tacet.sidecar.config.FileSettings;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is made of the secrets. Every key becomes a file of its own besides.
 *
 * @param secrets the names of all secrets of the config
 * @param wanted by secret, the keys that are wanted of it; a secret that is not there is wanted whole
 * @param base64 the keys whose values are base64 and are written decoded
 * @param files the files beside the tree
 * @param treeMode the permission bits of the files that hold one key
 */
public record OutputSettings(
        Set<String> secrets,
        Map<String, Set<String>> wanted,
        Set<KeyRef> base64,
        List<FileSettings> files,
        int treeMode) {
    public OutputSettings {
        secrets = Set.copyOf(secrets);
        wanted = Map.copyOf(wanted);
        // In the order given: of several problems the same one is reported each time.
        base64 = Collections.unmodifiableSet(new LinkedHashSet<>(base64));
        files = List.copyOf(files);
        Modes.require(treeMode);
    }
}
