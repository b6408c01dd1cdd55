package dev.tacet.redactor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * An encoder of the JDK or of a library that is not ours.
 *
 * @param depth how many encodings it puts on at once
 */
record ForeignEncoder(String name, Kind kind, int depth, UnaryOperator<String> encode) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper ASCII_JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

    /** What matters for putting one encoder on another. */
    enum Kind {
        TEXT,
        BASE64,
        /** Base64 in lines. */
        WRAPPED,
        HEX,
        /** Numbers with something between them. */
        LIST
    }

    static final ForeignEncoder NONE = new ForeignEncoder("none", Kind.TEXT, 0, text -> text);

    static final List<ForeignEncoder> ALL = List.of(
            NONE,
            text("Jackson", text -> write(JSON, text)),
            text("Jackson, ASCII", text -> write(ASCII_JSON, text)),
            new ForeignEncoder("Jackson in Jackson", Kind.TEXT, 2, text -> write(JSON, write(JSON, text))),
            text("URLEncoder", text -> URLEncoder.encode(text, UTF_8)),
            base64("Base64", Base64.getEncoder()),
            base64("Base64 without padding", Base64.getEncoder().withoutPadding()),
            base64("Base64 for URLs", Base64.getUrlEncoder()),
            base64("Base64 for URLs without padding", Base64.getUrlEncoder().withoutPadding()),
            wrapped("Base64 for MIME", Base64.getMimeEncoder()),
            wrapped("Base64 for PEM", Base64.getMimeEncoder(64, new byte[] {'\n'})),
            numbers("HexFormat", Kind.HEX, hex(HexFormat.of())),
            numbers("HexFormat, upper case", Kind.HEX, hex(HexFormat.of().withUpperCase())),
            numbers("HexFormat with colons", Kind.LIST, hex(HexFormat.ofDelimiter(":"))),
            numbers("HexFormat with blanks", Kind.LIST, hex(HexFormat.ofDelimiter(" "))),
            numbers(
                    "HexFormat with 0x",
                    Kind.LIST,
                    hex(HexFormat.ofDelimiter(", ").withPrefix("0x"))),
            numbers("String.format", Kind.HEX, ForeignEncoder::formatted),
            text("Properties", ForeignEncoder::properties),
            numbers("Arrays.toString", Kind.LIST, text -> Arrays.toString(text.getBytes(UTF_8))),
            text("StAX", ForeignEncoder::xml));

    /** Whether the README of the library says that this on top of {@code inner} is looked through. */
    boolean mayTake(ForeignEncoder inner) {
        boolean list = (kind == Kind.LIST && inner.kind != Kind.TEXT) || (inner.kind == Kind.LIST && kind != Kind.TEXT);
        // A blank that became a plus no longer separates two numbers.
        boolean plus = name.equals("URLEncoder") && inner.kind == Kind.LIST;
        return depth + inner.depth <= 2 && inner.kind != Kind.WRAPPED && !list && !plus;
    }

    /** A text as a string in a JSON document. */
    static String document(String text) {
        return write(JSON, Map.of("message", text, "n", 1));
    }

    private static ForeignEncoder text(String name, UnaryOperator<String> encode) {
        return new ForeignEncoder(name, Kind.TEXT, 1, encode);
    }

    private static ForeignEncoder numbers(String name, Kind kind, UnaryOperator<String> encode) {
        return new ForeignEncoder(name, kind, 1, encode);
    }

    private static ForeignEncoder base64(String name, Base64.Encoder encoder) {
        return new ForeignEncoder(name, Kind.BASE64, 1, text -> encoder.encodeToString(text.getBytes(UTF_8)));
    }

    private static ForeignEncoder wrapped(String name, Base64.Encoder encoder) {
        return new ForeignEncoder(name, Kind.WRAPPED, 1, text -> encoder.encodeToString(text.getBytes(UTF_8)));
    }

    private static UnaryOperator<String> hex(HexFormat format) {
        return text -> format.formatHex(text.getBytes(UTF_8));
    }

    private static String write(ObjectMapper mapper, Object any) {
        try {
            return mapper.writeValueAsString(any);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("Jackson writes texts");
        }
    }

    private static String formatted(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            out.append(String.format(Locale.ROOT, "%02x", b));
        }
        return out.toString();
    }

    private static String properties(String text) {
        Properties properties = new Properties();
        properties.setProperty("db.password", text);
        StringWriter out = new StringWriter();
        try {
            properties.store(out, null);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    /** Once as an attribute and once as text, for they are escaped in different ways. */
    private static String xml(String text) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter writer = XML.createXMLStreamWriter(out);
            writer.writeStartElement("login");
            writer.writeAttribute("password", text);
            writer.writeCharacters(text);
            writer.writeEndElement();
            writer.close();
        } catch (XMLStreamException impossible) {
            throw new AssertionError("StAX writes texts");
        }
        return out.toString();
    }
}
