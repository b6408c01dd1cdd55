package dev.tacet.sidecar.source;

import dev.tacet.redactor.SecretValue;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The YAML inside a store:
 *
 * <pre>{@code
 * tacet-store: 1
 * secrets:
 *   db:
 *     version: 3
 *     values:
 *       password: text
 *       keystore: !!binary MIIKe…
 * }</pre>
 *
 * <p>Written here, read by {@link AgeYamlReader}.
 */
final class AgeYaml {

    private AgeYaml() {}

    /** Writes what {@link AgeYamlReader} reads. */
    static byte[] write(AgeDocument document) {
        List<NodeTuple> secrets = new ArrayList<>();
        for (Map.Entry<String, SecretData> secret : document.secrets().entrySet()) {
            List<NodeTuple> values = new ArrayList<>();
            for (Map.Entry<String, SecretValue> value :
                    secret.getValue().values().entrySet()) {
                values.add(new NodeTuple(name(value.getKey()), value(value.getValue())));
            }
            secrets.add(new NodeTuple(
                    name(secret.getKey()),
                    map(List.of(
                            new NodeTuple(
                                    name("version"), number(secret.getValue().version())),
                            new NodeTuple(name("values"), map(values))))));
        }
        Node root = map(
                List.of(new NodeTuple(name("tacet-store"), number("1")), new NodeTuple(name("secrets"), map(secrets))));
        DumperOptions options = new DumperOptions();
        options.setSplitLines(false);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(root, text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Node map(List<NodeTuple> entries) {
        return new MappingNode(Tag.MAP, entries, entries.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }

    private static Node name(String text) {
        boolean simple = text.matches("[A-Za-z][A-Za-z0-9._/-]*");
        return new ScalarNode(Tag.STR, text, null, null, simple ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node number(String digits) {
        return new ScalarNode(Tag.INT, digits, null, null, ScalarStyle.PLAIN);
    }

    /** Text that YAML can carry is written as such, so that a person can edit it; all else in YAML's base64. */
    private static Node value(SecretValue value) {
        byte[] bytes = value.reveal();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (StreamReader.isPrintable(text)) {
                return new ScalarNode(Tag.STR, text, null, null, ScalarStyle.DOUBLE_QUOTED);
            }
        } catch (CharacterCodingException e) {
            // not text: as binary below
        }
        return new ScalarNode(
                Tag.BINARY, Base64.getEncoder().encodeToString(bytes), null, null, ScalarStyle.DOUBLE_QUOTED);
    }
}
