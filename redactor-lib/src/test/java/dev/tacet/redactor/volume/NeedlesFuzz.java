package dev.tacet.redactor.volume;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A fuzz target: any bytes are a list of needles, or broken; and what our reader takes for JSON is JSON to Jackson too. */
public final class NeedlesFuzz {
    private static final ObjectMapper ORACLE = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

    private NeedlesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            NeedlesFile.parse(input);
        } catch (BrokenException broken) {
            requireReason(broken);
        }
        try {
            JsonReader.read(input);
        } catch (BrokenException broken) {
            requireReason(broken);
            return;
        }
        String text = new String(input, StandardCharsets.UTF_8);
        if (SURROGATE.matcher(text).find()) {
            return; // RFC 8259 allows half a character, Jackson does not in names
        }
        try {
            ORACLE.readTree(text);
        } catch (IOException strict) {
            throw new IllegalStateException("Jackson takes it for no JSON");
        }
    }

    private static void requireReason(BrokenException broken) {
        if (broken.getMessage() == null || broken.getMessage().isEmpty()) {
            throw new IllegalStateException("does not say what is broken");
        }
    }
}
