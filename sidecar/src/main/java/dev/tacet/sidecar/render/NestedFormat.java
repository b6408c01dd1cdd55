package dev.tacet.sidecar.render;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON and YAML. A dot in an entry's name goes one level deeper; every value is a string, so that no reader takes
 * {@code no} or {@code 0123} for something else. One entry a line, in the order given.
 *
 * <p>What a string may hold is escaped so that readers of both languages read the same: all but printable ASCII, the
 * characters beyond the basic plane in the way of the one or of the other.
 */
final class NestedFormat {
    private static final HexFormat HEX = HexFormat.of();
    private static final String INDENT = "  ";

    private NestedFormat() {}

    static CharSequence json(Map<String, CharSequence> entries) {
        StringBuilder file = new StringBuilder();
        json(Node.tree(entries), "\n", file);
        return file.append('\n');
    }

    static CharSequence yaml(Map<String, CharSequence> entries) {
        StringBuilder file = new StringBuilder();
        if (entries.isEmpty()) {
            return file.append("{}\n");
        }
        yaml(Node.tree(entries), "", file);
        return file;
    }

    private static void json(Node node, String lineBreak, StringBuilder to) {
        String deeper = lineBreak + INDENT;
        String separator = "";
        to.append('{');
        for (Map.Entry<String, Object> child : node.children.entrySet()) {
            to.append(separator).append(deeper).append('"');
            escapeJson(child.getKey(), to);
            to.append("\": ");
            if (child.getValue() instanceof Node group) {
                json(group, deeper, to);
            } else {
                to.append('"');
                escapeJson((CharSequence) child.getValue(), to);
                to.append('"');
            }
            separator = ",";
        }
        to.append(node.children.isEmpty() ? "" : lineBreak).append('}');
    }

    private static void yaml(Node node, String indent, StringBuilder to) {
        node.children.forEach((name, child) -> {
            to.append(indent).append('"');
            escapeYaml(name, to);
            to.append("\":");
            if (child instanceof Node group) {
                to.append('\n');
                yaml(group, indent + INDENT, to);
            } else {
                to.append(" \"");
                escapeYaml((CharSequence) child, to);
                to.append("\"\n");
            }
        });
    }

    /** For between double quotes. */
    static void escapeJson(CharSequence text, StringBuilder to) {
        text.chars().forEach(c -> escape((char) c, to));
    }

    /** For between double quotes. YAML knows no surrogates: what lies beyond the basic plane is one escape. */
    static void escapeYaml(CharSequence text, StringBuilder to) {
        text.codePoints().forEach(point -> {
            if (Character.isSupplementaryCodePoint(point)) {
                to.append("\\U").append(HEX.toHexDigits(point));
            } else {
                escape((char) point, to);
            }
        });
    }

    private static void escape(char c, StringBuilder to) {
        switch (c) {
            case '\t' -> to.append("\\t");
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '"', '\\' -> to.append('\\').append(c);
            default -> {
                if (c >= ' ' && c < 0x7f) {
                    to.append(c);
                } else {
                    to.append("\\u").append(HEX.toHexDigits(c));
                }
            }
        }
    }

    /** A value is a {@link CharSequence}, a group of them another node. */
    private record Node(Map<String, Object> children) {
        static Node tree(Map<String, CharSequence> entries) {
            Node root = new Node(new LinkedHashMap<>());
            entries.forEach((name, value) -> {
                String[] names = name.split("\\.", -1);
                Node node = root;
                for (int i = 0; i < names.length - 1; i++) {
                    node = (Node) node.children.computeIfAbsent(names[i], key -> new Node(new LinkedHashMap<>()));
                }
                node.children.put(names[names.length - 1], value);
            });
            return root;
        }
    }
}
