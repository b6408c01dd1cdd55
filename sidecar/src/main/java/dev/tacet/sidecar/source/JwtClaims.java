package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.redactor.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What a JWT (RFC 7519) says of itself, for an error message. Nothing is verified, and nothing of its signature shown. */
final class JwtClaims {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 200;

    private JwtClaims() {}

    static String of(SecretValue token) {
        String[] parts = new String(token.reveal(), StandardCharsets.US_ASCII).split("\\.", -1);
        if (parts.length != 3) {
            return "what is in the file is no JWT";
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            List<String> audiences = new ArrayList<>();
            if (claims.path("aud").isTextual()) {
                audiences.add(shown(claims.path("aud")));
            }
            claims.path("aud").forEach(audience -> audiences.add(shown(audience)));
            String end = claims.path("exp").isIntegralNumber()
                    ? ", its end " + Instant.ofEpochSecond(claims.path("exp").longValue())
                    : "";
            return "the token's audiences are " + audiences + ", its subject is " + shown(claims.path("sub")) + end;
        } catch (IOException | IllegalArgumentException e) {
            return "what is in the file is no JWT";
        }
    }

    private static String shown(JsonNode claim) {
        String text = claim.asText("none").replaceAll("\\p{Cntrl}", "?");
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
