package dev.tacet.sidecar.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What YAML allows and nobody means. */
final class OddYamlTest {
    private static final String REST = "age: {file: a, identity-file: b}\nsecrets: {db: {path: db}}\n";

    @TempDir
    Path directory;

    /** Each row is a first line before a sound rest, and the complaint about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // no text where text is due
                "volume: {path: null}|:1:16: volume.path: text is expected",
                "volume: {path: ''}|:1:16: volume.path: text is expected",
                "volume:|:1:8: volume.path: missing",
                "volume: []|:1:9: volume: a list of keys with values is expected",
                // no path: half of a surrogate pair, a NUL
                "volume: {path: \"\\ud800x\"}|:1:16: volume.path: not a path",
                "volume: {path: \"a\\0b\"}|:1:16: volume.path: not a path",
                // numbers as YAML 1.1 writes them
                "volume: {path: v, keep-generations: 1_0}|:1:37: volume.keep-generations: not a whole number from 0 to 100",
                // aliases that lead to themselves, merge keys, keys that are no text
                "volume: &v {path: v, again: *v}|:1:22: volume.again: unknown key",
                "volume: {path: v, <<: {retain: 1s}}|:1:19: volume.<<: unknown key",
                "volume: {path: v, ? [a] : b}|:1:21: volume: a key must be plain text",
            })
    void namesThePlace(String line, String complaint) {
        assertThatThrownBy(() -> read(line + "\n" + REST))
                .isInstanceOf(ConfigException.class)
                .hasMessage(directory.resolve("tacet.yaml") + complaint);
    }

    @Test
    void namesTheKeyOfAnEmptyList() {
        assertThatThrownBy(() -> read("volume: {path: v}\n" + REST.replace("path: db", "path: db, keys: {}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(":3:32: secrets.db.keys: empty");
    }

    @Test
    void refusesADeepNestWithoutAStackOverflow() {
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not valid YAML");
    }

    private TacetConfig read(String text) throws IOException {
        return ConfigFile.read(Files.writeString(directory.resolve("tacet.yaml"), text));
    }
}
