package dev.tacet.redactor.volume;

import dev.tacet.redactor.Finding;
import dev.tacet.redactor.Leak;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What redactor and sidecar say to each other: one JSON object a line, at most {@value #LONGEST} bytes with its line feed.
 *
 * @param type what is said; types that are unknown here are for later versions
 * @param generation which generation it is about; empty when none
 */
record PeerMessage(String type, String generation) {
    static final int LONGEST = 4096;
    private static final int LONGEST_NAME = 256;
    static final String REDACTOR = "redactor";
    static final String APPLICATION = "application";
    static final String ANNOUNCE = "announce";
    static final String PUBLISHED = "published";

    static PeerMessage parse(byte[] line) throws BrokenException {
        if (!(JsonReader.read(line) instanceof Json.Obj message)) {
            throw new BrokenException("is no JSON object");
        }
        String type = message.text("type").orElseThrow(() -> new BrokenException("has no type"));
        return new PeerMessage(type, message.text("generation").orElse(""));
    }

    static byte[] hello(String role, String name) {
        return line("{\"type\":\"hello\",\"v\":1,\"role\":\"" + role + "\",\"name\":" + quoted(name) + "}");
    }

    static byte[] ack(String generation) {
        return line("{\"type\":\"ack\",\"generation\":" + quoted(generation) + "}");
    }

    static byte[] reject(String secret, String version) {
        return line("{\"type\":\"reject\",\"secret\":" + quoted(secret) + ",\"version\":" + quoted(version) + "}");
    }

    static byte[] ready(String generation) {
        return line("{\"type\":\"ready\",\"generation\":" + quoted(generation) + "}");
    }

    /** Shorter than {@link #LONGEST}, whatever the names are: each is cut, and what is no printable ASCII is replaced. */
    static byte[] leak(Leak leak) {
        boolean rule = leak.finding().kind() == Finding.Kind.RULE;
        return line("{\"type\":\"leak\",\"" + (rule ? "rule" : "secret") + "\":"
                + quoted(shown(leak.finding().name()))
                + (rule ? "" : ",\"version\":" + quoted(shown(leak.finding().version())))
                + ",\"sink\":" + quoted(shown(leak.sink()))
                + ",\"logger\":" + quoted(shown(leak.logger()))
                + (leak.level().isEmpty() ? "" : ",\"level\":" + quoted(shown(leak.level())))
                + ",\"count\":" + leak.count() + "}");
    }

    private static String shown(String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return cut.replaceAll("[^ -~]", "?");
    }

    private static byte[] line(String json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
