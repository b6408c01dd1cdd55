package dev.tacet.sidecar.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A vault's HTTP API as an operator uses it, with nothing of the product in it. */
final class BaoApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final HttpClient client;

    BaoApi(URI address, SSLContext tls) {
        this.address = address;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
    }

    /** Sends {@code body} as JSON (none with GET and DELETE). */
    HttpResponse<byte[]> send(String method, String path, String token, String namespace, Map<String, ?> body) {
        return send(method, path, token, Map.of("X-Vault-Namespace", namespace), body);
    }

    /** The same with headers; an empty one is left out. */
    HttpResponse<byte[]> send(
            String method, String path, String token, Map<String, String> headers, Map<String, ?> body) {
        try {
            boolean bare = method.equals("GET") || method.equals("DELETE");
            HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/v1/" + path))
                    .method(
                            method,
                            bare
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            if (!token.isEmpty()) {
                request.header("X-Vault-Token", token);
            }
            headers.forEach((name, value) -> {
                if (!value.isEmpty()) {
                    request.header(name, value);
                }
            });
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The same; fails unless the vault says 2xx. */
    JsonNode call(String method, String path, String token, String namespace, Map<String, ?> body) {
        return json(send(method, path, token, namespace, body), method + " " + path);
    }

    /** The same with the answer wrapped: the wrapping token. */
    String wrapped(String path, String token, Map<String, ?> body) {
        return json(send("POST", path, token, Map.of("X-Vault-Wrap-TTL", "60s"), body), path)
                .path("wrap_info")
                .path("token")
                .asText();
    }

    private static JsonNode json(HttpResponse<byte[]> response, String what) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(what + " answered " + response.statusCode());
        }
        try {
            return response.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
