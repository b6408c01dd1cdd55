package dev.tacet.sidecar.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.sidecar.source.VaultAnswer.Complaint;
import java.io.IOException;

/**
 * Reads an error body for its kind and forgets it. Bodies name paths, policies and, behind a careless proxy, requests.
 *
 * <p>The texts are those of OpenBao 2.7 and Vault 1.x: {@code {"errors": ["Vault is sealed"]}}.
 */
final class ErrorBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ErrorBody() {}

    static Complaint complaint(int status, byte[] body) {
        if (status != 404 && status != 503) {
            return Complaint.NONE;
        }
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (IOException e) {
            return Complaint.NONE; // a proxy's page: the status has to do
        }
        if (json == null) {
            return Complaint.NONE;
        }
        return status == 503 ? unavailable(json) : missing(json);
    }

    private static Complaint unavailable(JsonNode json) {
        boolean health =
                json.path("sealed").asBoolean() || !json.path("initialized").asBoolean(true);
        return health || says(json, "is sealed") ? Complaint.SEALED : Complaint.NONE;
    }

    private static Complaint missing(JsonNode json) {
        if (json.path("data").path("metadata").has("version")) {
            return Complaint.DELETED;
        }
        if (says(json, "namespace not found")) {
            return Complaint.NO_NAMESPACE;
        }
        return says(json, "no handler for route") ? Complaint.NO_MOUNT : Complaint.NONE;
    }

    private static boolean says(JsonNode json, String text) {
        for (JsonNode error : json.path("errors")) {
            if (error.asText().contains(text)) {
                return true;
            }
        }
        return false;
    }
}
