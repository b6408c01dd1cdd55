package dev.tacet.sidecar.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a peer's lines. Total: every line is some {@link PeerMessage}. */
final class MessageReader {
    private static final int VERSION = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private MessageReader() {}

    /** Reads one line, without its line feed. */
    static PeerMessage read(byte[] line) {
        JsonNode message;
        try {
            // Decoded here: Jackson would guess at UTF-16 and UTF-32.
            message = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString());
        } catch (CharacterCodingException e) {
            return new PeerMessage.Unusable("sent a line that is not UTF-8");
        } catch (JsonProcessingException e) {
            return new PeerMessage.Unusable("sent a line that is not JSON");
        }
        return text(message, "type")
                .map(type -> switch (type) {
                    case "hello" -> hello(message);
                    case "ready" -> ready(message);
                    case "ack" -> ack(message);
                    case "reject" -> reject(message);
                    case "leak" -> leak(message);
                    case "status" -> new PeerMessage.Status();
                    case "quit" -> new PeerMessage.Quit();
                    default -> new PeerMessage.Unknown();
                })
                .orElseGet(() -> new PeerMessage.Unusable("sent a message without a type"));
    }

    private static PeerMessage hello(JsonNode message) {
        JsonNode version = message.path("v");
        if (!version.isInt() || version.intValue() != VERSION) {
            return new PeerMessage.Unusable("speaks another version of the protocol");
        }
        Optional<Role> role = text(message, "role").flatMap(Role::of);
        Optional<String> name = text(message, "name");
        return role.isPresent() && name.isPresent()
                ? new PeerMessage.Hello(role.get(), name.get())
                : new PeerMessage.Unusable("said hello without a role or name");
    }

    private static PeerMessage ready(JsonNode message) {
        return text(message, "generation")
                .<PeerMessage>map(PeerMessage.Ready::new)
                .orElseGet(() -> new PeerMessage.Unusable("is ready for no generation"));
    }

    private static PeerMessage ack(JsonNode message) {
        return text(message, "generation")
                .<PeerMessage>map(PeerMessage.Ack::new)
                .orElseGet(() -> new PeerMessage.Unusable("acknowledges no generation"));
    }

    private static PeerMessage reject(JsonNode message) {
        Optional<String> secret = text(message, "secret");
        Optional<String> version = text(message, "version");
        return secret.isPresent() && version.isPresent()
                ? new PeerMessage.Reject(secret.get(), version.get())
                : new PeerMessage.Unusable("rejects no secret, or none of a version");
    }

    private static PeerMessage leak(JsonNode message) {
        Optional<String> secret = text(message, "secret");
        Optional<String> rule = text(message, "rule");
        Optional<String> version = text(message, "version");
        Optional<String> sink = text(message, "sink");
        Optional<String> logger = text(message, "logger");
        JsonNode count = message.path("count");
        boolean named = secret.isPresent() ? rule.isEmpty() && version.isPresent() : rule.isPresent();
        boolean counted = count.isIntegralNumber() && count.canConvertToLong() && count.longValue() > 0;
        boolean levelled =
                message.path("level").isMissingNode() || text(message, "level").isPresent();
        if (!named || sink.isEmpty() || logger.isEmpty() || !levelled || !counted) {
            return new PeerMessage.Unusable("reports a leak without its name, version, place or count");
        }
        return new PeerMessage.Leak(
                rule.isPresent(),
                secret.or(() -> rule).orElseThrow(),
                secret.isPresent() ? version.orElseThrow() : "",
                sink.get(),
                logger.get(),
                text(message, "level").orElse(""),
                count.longValue());
    }

    private static Optional<String> text(JsonNode message, String field) {
        JsonNode node = message.path(field);
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }
}
