package dev.tacet.examples.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls the backend. */
final class Client {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    Client(URI address) {
        this.address = address;
    }

    /** One order; the status of the answer, 401 when the credentials were refused. */
    int call(Credentials credentials) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url(credentials))
                .header("Authorization", credentials.basic())
                .POST(BodyPublishers.ofString(credentials.json()))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    URI url(Credentials credentials) {
        return URI.create(address + "?" + credentials.query());
    }
}
