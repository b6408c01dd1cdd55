package dev.tacet.sidecar.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the sidecar says. */
sealed interface SidecarMessage {
    /** The longest line there may be, line feed included, either way. */
    int LONGEST_LINE = 4096;

    /** The message as it is sent, line feeds included. */
    List<byte[]> lines();

    /** Read the needles again before the swap to this generation. */
    record Announce(String generation) implements SidecarMessage {
        public Announce {
            requireShort(generation);
        }

        @Override
        public List<byte[]> lines() {
            return List.of(line("{\"type\":\"announce\",\"generation\":" + quoted(generation) + "}\n"));
        }
    }

    /** How things are: lines that were made elsewhere. */
    record State(List<String> objects) implements SidecarMessage {
        public State {
            objects = List.copyOf(objects);
        }

        @Override
        public List<byte[]> lines() {
            return objects.stream().map(object -> line(object + "\n")).toList();
        }
    }

    /**
     * This generation is in force.
     *
     * <p>Too many secrets for one line are said in several messages of the same generation, each naming some of them. A
     * secret too long for a line of its own is left out: the volume itself has the whole list.
     */
    record Published(String generation, List<PublishedSecret> secrets) implements SidecarMessage {
        public Published {
            requireShort(generation);
            secrets = List.copyOf(secrets);
        }

        @Override
        public List<byte[]> lines() {
            String start = "{\"type\":\"published\",\"generation\":" + quoted(generation) + ",\"secrets\":[";
            String end = "]}\n";
            int room = LONGEST_LINE - line(start + end).length;
            List<byte[]> lines = new ArrayList<>();
            List<String> part = new ArrayList<>();
            int used = 0;
            for (PublishedSecret secret : secrets) {
                String entry = entry(secret);
                // Its comma counted; the first has none, which wastes a byte.
                int size = entry.getBytes(StandardCharsets.UTF_8).length + 1;
                if (size > room) {
                    continue;
                }
                if (used + size > room) {
                    lines.add(line(start + String.join(",", part) + end));
                    part.clear();
                    used = 0;
                }
                part.add(entry);
                used += size;
            }
            lines.add(line(start + String.join(",", part) + end));
            return lines;
        }

        private static String entry(PublishedSecret secret) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("name", secret.name())
                    .put("version", secret.version())
                    .toString();
        }
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static byte[] line(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A generation is a directory's name. Even with every character escaped, most of a line is left for the rest. */
    private static void requireShort(String generation) {
        if (generation.length() > 255) {
            throw new IllegalArgumentException("generation: " + generation.length() + " characters");
        }
    }
}
