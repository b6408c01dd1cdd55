package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A vault's answer with its body. Never printed: the body holds values.
 *
 * @param answer what is known of any answer
 * @param body the JSON of a success; missing otherwise
 */
record VaultReply(VaultAnswer answer, JsonNode body) {
    boolean isSuccess() {
        return answer.status() / 100 == 2;
    }

    @Override
    public String toString() {
        return "status " + answer.status();
    }
}
