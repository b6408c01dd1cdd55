package dev.tacet.sidecar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class MessageReaderTest {

    @Property
    void makesSomethingOfAnyBytes(@ForAll byte[] line) {
        assertThat(MessageReader.read(line)).isNotNull();
    }

    @Property
    void makesSomethingOfAnyText(@ForAll String text) {
        String line = "{\"type\":\"hello\",\"v\":" + text + "}";
        assertThat(MessageReader.read(line.getBytes(StandardCharsets.UTF_8))).isNotNull();
    }

    @Example
    void readsEachMessageByItsFieldsInAnyOrderBesideOthers() {
        assertThat(read("{\"x\":{},\"name\":\"n\",\"role\":\"operator\",\"v\":1,\"type\":\"hello\"}"))
                .isEqualTo(new PeerMessage.Hello(Role.OPERATOR, "n"));
        assertThat(read("{\"generation\":\"g\",\"type\":\"ready\",\"x\":1}")).isEqualTo(new PeerMessage.Ready("g"));
        assertThat(read("{\"type\":\"later\",\"count\":1}")).isEqualTo(new PeerMessage.Unknown());
        assertThat(read("{\"type\":\"leak\",\"rule\":\"jwt\",\"sink\":\"F\",\"logger\":\"\",\"count\":1}"))
                .isEqualTo(new PeerMessage.Leak(true, "jwt", "", "F", "", "", 1));
    }

    private static PeerMessage read(String line) {
        return MessageReader.read(line.getBytes(StandardCharsets.UTF_8));
    }
}
