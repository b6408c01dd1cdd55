package dev.tacet.sidecar.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a YAML file as nodes, which know their places in it. Complaints name places, never content. */
final class YamlFile {
    private static final int LARGEST = 1 << 20;

    private YamlFile() {}

    static Node parse(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setCodePointLimit(LARGEST);
        try {
            Node node = new Yaml(options).compose(new StringReader(text(file)));
            if (node == null) {
                throw new ConfigException(file + ":1:1: empty", "see tacet run --help for an example");
            }
            return node;
        } catch (MarkedYAMLException e) {
            // Its message quotes the file's text, so only the place and the parser's own words go on.
            Mark mark = e.getProblemMark();
            String place = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            throw new ConfigException(file + place + ": not valid YAML", "check indentation, colons and quotes there");
        } catch (YAMLException e) {
            throw new ConfigException(file + ": not valid YAML", "check for characters that do not belong in text");
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new ConfigException(file + ": larger than 1 MiB", "is this the right file?");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": no such file", "name the configuration with --config FILE");
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            throw new ConfigException(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + ")",
                    "check that it is a readable file");
        }
    }
}
