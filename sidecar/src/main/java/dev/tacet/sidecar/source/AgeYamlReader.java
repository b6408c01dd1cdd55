package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the document of {@link AgeYaml}, which a person may have edited.
 *
 * <p>As nodes, never as objects: nothing is constructed, a value is the very text that stands there ({@code 0123} and
 * {@code yes} stay what they are), and every error knows its line and column and quotes nothing.
 */
final class AgeYamlReader {
    private static final String SHAPE =
            "the form is: tacet-store: 1, then secrets:, then NAME:, then version: and values:";
    private static final int DEEPEST = 8;
    private static final int LONGEST = 256 << 20;
    /** What a value without quotes may look like to YAML; all are read as text. */
    private static final Set<Tag> TEXT = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP, Tag.MERGE);

    private final Path file;

    /** {@code file} is the name in messages. */
    AgeYamlReader(Path file) {
        this.file = file;
    }

    AgeDocument read(byte[] yaml) throws SourceException {
        Node root = compose(yaml);
        if (root == null) {
            throw troubleAt(null, "there is nothing in it");
        }
        Map<String, Node> top = entries(root, "tacet-store", "secrets");
        if (!scalar(top.get("tacet-store"), root).getValue().equals("1")) {
            throw trouble(top.get("tacet-store"), "tacet-store must be 1");
        }
        SortedMap<String, SecretData> secrets = new TreeMap<>();
        Node all = top.get("secrets");
        if (all != null && !isNull(all)) {
            for (Map.Entry<String, Node> secret : entries(all).entrySet()) {
                secrets.put(secret.getKey(), secret(secret.getValue()));
            }
        }
        return new AgeDocument(secrets);
    }

    private SecretData secret(Node node) throws SourceException {
        Map<String, Node> parts = entries(node, "version", "values");
        String version = scalar(parts.get("version"), node).getValue();
        if (!version.matches("[1-9][0-9]{0,17}")) {
            throw trouble(parts.get("version"), "version must be a number from 1 on");
        }
        Node all = parts.get("values");
        if (all == null) {
            throw trouble(node, "values are missing");
        }
        SortedMap<String, SecretValue> values = new TreeMap<>();
        for (Map.Entry<String, Node> value : entries(all).entrySet()) {
            values.put(value.getKey(), value(value.getValue()));
        }
        return new SecretData(version, values);
    }

    private SecretValue value(Node node) throws SourceException {
        ScalarNode scalar = scalar(node, node);
        if (TEXT.contains(scalar.getTag())) {
            return SecretValue.ofUtf8(scalar.getValue());
        }
        if (scalar.getTag().equals(Tag.BINARY)) {
            try {
                return SecretValue.of(
                        Base64.getDecoder().decode(scalar.getValue().replaceAll("\\s", "")));
            } catch (IllegalArgumentException e) {
                throw trouble(node, "after !!binary there must be base64");
            }
        }
        throw trouble(node, isNull(node) ? "a value is missing" : "a value has a tag other than !!binary");
    }

    private ScalarNode scalar(@Nullable Node part, Node whole) throws SourceException {
        if (part instanceof ScalarNode scalar) {
            return scalar;
        }
        throw part == null ? trouble(whole, "a key is missing") : trouble(part, "text is needed here");
    }

    /** The entries of a mapping, in order, each key once and, if any are given, one of {@code known}. */
    private Map<String, Node> entries(Node node, String... known) throws SourceException {
        if (!(node instanceof MappingNode mapping)) {
            throw trouble(node, "keys and values are needed here");
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            Node key = entry.getKeyNode();
            ScalarNode name = scalar(key, key);
            if (name.getValue().isEmpty() || name.getTag().equals(Tag.MERGE)) {
                throw trouble(key, "a key is missing, or is a merge key");
            }
            if (known.length > 0 && !Set.of(known).contains(name.getValue())) {
                throw trouble(key, "a key here is one of: " + String.join(", ", known));
            }
            if (entries.put(name.getValue(), entry.getValueNode()) != null) {
                throw trouble(key, "a key stands here a second time");
            }
        }
        return entries;
    }

    private @Nullable Node compose(byte[] yaml) throws SourceException {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(LONGEST);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(yaml))
                    .toString();
            return new Yaml(options).compose(new StringReader(text));
        } catch (CharacterCodingException e) {
            throw troubleAt(null, "it is not UTF-8 text");
        } catch (MarkedYAMLException e) { // its message quotes the line
            throw troubleAt(e.getProblemMark(), "this is not YAML");
        } catch (YAMLException e) {
            throw troubleAt(null, "it holds a character that YAML does not allow, or is nested too deep");
        }
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private SourceException trouble(@Nullable Node node, String what) {
        return troubleAt(node == null ? null : node.getStartMark(), what);
    }

    private SourceException troubleAt(@Nullable Mark mark, String what) {
        String where = mark == null ? "" : ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
        return new SourceException(Failure.Kind.CONFIGURATION, "in the store " + file + where + ": " + what, SHAPE);
    }
}
