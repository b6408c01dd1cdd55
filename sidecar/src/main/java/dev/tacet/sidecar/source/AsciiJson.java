package dev.tacet.sidecar.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Rewrites a JSON document in ASCII, every other character as {@code \}{@code uXXXX}.
 *
 * <p>The driver takes a body through the platform's default charset, which on Java 17 may be ASCII; in this form a body
 * survives that. Its parser is recursive without a bound, so a document is also checked here, by one that has bounds.
 */
final class AsciiJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private AsciiJson() {}

    /**
     * The same document in ASCII.
     *
     * @throws IOException when it is not UTF-8, not JSON, or nested deeper than 1000; the message quotes nothing
     */
    static byte[] rewrite(byte[] json) throws IOException {
        check(json);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedAnswerException();
        }
        StringBuilder ascii = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii.append(c);
            } else { // outside a string JSON is ASCII, so an escape is always in place
                ascii.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
                ascii.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
            }
        }
        return ascii.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void check(byte[] json) throws MalformedAnswerException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new MalformedAnswerException();
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new MalformedAnswerException();
            }
        } catch (IOException e) { // its message may quote the document
            throw new MalformedAnswerException();
        }
    }
}
