package dev.tacet.examples.quickstart;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * What it takes to sign in to the backend, in the three shapes in which it travels.
 *
 * <p>A record of strings on purpose, as services have them: whoever prints one prints the password.
 *
 * @param user who signs in
 * @param password goes into the {@code Authorization} header
 * @param passphrase goes into the body and the query; any text, several lines and quotes included
 * @param generation the published set that this was read from
 */
record Credentials(String user, String password, String passphrase, String generation) {

    /**
     * Reads one whole set. {@code ..data} is resolved once, so that a rotation in between cannot mix two sets; the old
     * one stays readable for a while after a rotation.
     *
     * @throws IOException when the volume holds no set, or not these files
     */
    static Credentials readFrom(Path volume) throws IOException {
        Path generation = volume.resolve("..data").toRealPath();
        Path backend = generation.resolve("backend");
        return new Credentials(
                Files.readString(backend.resolve("user")),
                Files.readString(backend.resolve("password")),
                Files.readString(backend.resolve("passphrase")),
                generation.getFileName().toString());
    }

    /** The {@code Authorization} header (RFC 7617). */
    String basic() {
        return "Basic " + base64(user + ":" + password);
    }

    /** The body of a request (RFC 8259). */
    String json() {
        return "{\"item\":\"piano\",\"passphrase\":\"" + escaped(passphrase) + "\"}";
    }

    /** The query of a request, as HTML forms encode it. */
    String query() {
        return "passphrase=" + URLEncoder.encode(passphrase, StandardCharsets.UTF_8);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : c);
            }
        }
        return out.toString();
    }
}
