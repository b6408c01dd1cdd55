package dev.tacet.sidecar.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

final class SidecarMessageTest {

    @Property(tries = 300)
    void namesEverySecretOnceInLinesThatAreShortEnough(
            @ForAll @StringLength(max = 255) String generation,
            @ForAll @StringLength(max = 80) String name,
            @ForAll @IntRange(max = 300) int count)
            throws IOException {
        List<PublishedSecret> secrets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            secrets.add(new PublishedSecret(name + i, Integer.toString(i)));
        }
        List<String> versions = new ArrayList<>();
        for (byte[] line : new SidecarMessage.Published(generation, secrets).lines()) {
            assertThat(line.length).isLessThanOrEqualTo(4096);
            assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
            JsonNode message = new ObjectMapper().readTree(line);
            assertThat(message.get("type").textValue()).isEqualTo("published");
            message.get("secrets")
                    .forEach(secret -> versions.add(secret.get("version").textValue()));
        }
        assertThat(versions)
                .containsExactlyElementsOf(
                        secrets.stream().map(PublishedSecret::version).toList());
    }

    @Example
    void isOneLineWithNothingInItWhenThereIsNoSecret() {
        assertThat(text(new SidecarMessage.Published("g1", List.of())))
                .isEqualTo("{\"type\":\"published\",\"generation\":\"g1\",\"secrets\":[]}\n");
    }

    @Example
    void leavesOutASecretThatNoLineCanHold() {
        PublishedSecret unsayable = new PublishedSecret("db", "v".repeat(5000));
        PublishedSecret other = new PublishedSecret("tls", "1");
        assertThat(text(new SidecarMessage.Published("g1", List.of(unsayable, other))))
                .isEqualTo(text(new SidecarMessage.Published("g1", List.of(other))));
    }

    @Example
    void refusesAGenerationThatIsNoDirectorysName() {
        String generation = "g".repeat(256);
        assertThatThrownBy(() -> new SidecarMessage.Announce(generation))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("generation: 256 characters");
        assertThatThrownBy(() -> new SidecarMessage.Published(generation, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(SidecarMessage message) {
        return message.lines().stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }
}
