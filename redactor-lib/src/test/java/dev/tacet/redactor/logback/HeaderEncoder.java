package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.core.encoder.EncoderBase;

/** Writes a text as header and footer and nothing else. Public, as Logback makes it by name. */
public final class HeaderEncoder extends EncoderBase<Object> {
    private String text = "";

    public void setText(String text) {
        this.text = text;
    }

    @Override
    public byte[] headerBytes() {
        return ("<" + text + ">").getBytes(UTF_8);
    }

    @Override
    public byte[] encode(Object event) {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return ("</" + text + ">").getBytes(UTF_8);
    }
}
