package dev.tacet.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendTest {
    @TempDir
    private Path volume;

    private Credentials first;

    @BeforeEach
    void publishTheFirstSet() throws IOException {
        first = publish("..1", "one", "un\"\\\nœuf");
    }

    @Test
    void servesTheCurrentCredentials() throws Exception {
        try (Backend backend = Backend.start(volume)) {
            assertThat(new Client(backend.address()).call(first)).isEqualTo(200);
        }
    }

    @Test
    void stillServesTheCredentialsBeforeARotation() throws Exception {
        try (Backend backend = Backend.start(volume)) {
            Client client = new Client(backend.address());
            Credentials second = publish("..2", "two", "deux");
            assertThat(client.call(second)).isEqualTo(200);
            assertThat(client.call(first)).isEqualTo(200);
        }
    }

    @Test
    void refusesCredentialsThatWereReplacedTwice() throws Exception {
        try (Backend backend = Backend.start(volume)) {
            Client client = new Client(backend.address());
            client.call(publish("..2", "two", "deux"));
            Credentials third = publish("..3", "three", "trois");
            assertThat(client.call(third)).isEqualTo(200);
            assertThat(client.call(first)).isEqualTo(401);
        }
    }

    @Test
    void writesJsonThatKeepsQuotesBackslashesAndLines() {
        assertThat(first.json()).isEqualTo("{\"item\":\"piano\",\"passphrase\":\"un\\\"\\\\\\nœuf\"}");
    }

    /** The swap of a secret volume: a directory, and a link renamed over the old one. */
    private Credentials publish(String generation, String password, String passphrase) throws IOException {
        Path backend = Files.createDirectories(volume.resolve(generation).resolve("backend"));
        Files.writeString(backend.resolve("user"), "orders");
        Files.writeString(backend.resolve("password"), password);
        Files.writeString(backend.resolve("passphrase"), passphrase);
        Path link = Files.createSymbolicLink(volume.resolve("..next"), Path.of(generation));
        Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        return Credentials.readFrom(volume);
    }
}
