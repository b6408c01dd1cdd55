package dev.tacet.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value as it looks in a log, by encoders that are not ours.
 *
 * @param text a piece of a log line with the value in it
 * @param core the characters that hold nothing but the value, and all of it
 */
record Spelling(String text, String core) {

    /** By name, each way of printing it. */
    static Map<String, Spelling> all(String value) {
        Map<String, Spelling> all = new LinkedHashMap<>();
        String json = json(value);
        String url = url(value);
        byte[] bytes = value.getBytes(UTF_8);
        all.put("plain", plain("login with ", value, " failed"));
        all.put("JSON", plain("{\"password\":\"", json, "\"}"));
        all.put("URL", plain("GET /login?p=", url, "&user=app"));
        all.put("JSON in JSON", plain("{\"message\":\"{\\\"p\\\":\\\"", json(json), "\\\"}\"}"));
        all.put("JSON in a URL", plain("GET /?q=", url(json), "&x=1"));
        all.put("URL in a URL", plain("GET /?next=%2Fl%3Fp%3D", url(url), "%26x"));
        all.put("hex", plain("0x", HexFormat.of().formatHex(bytes), ""));
        all.put("HEX", plain("key ", HexFormat.of().withUpperCase().formatHex(bytes), " end"));
        all.put("hex:hex", plain("key ", HexFormat.ofDelimiter(":").formatHex(bytes), " end"));
        all.put("base64", base64("", bytes, ""));
        all.put("base64 with prefix", base64("app:", bytes, ""));
        all.put("base64 with suffix", base64("", bytes, "\n"));
        all.put("base64 with both", base64("user:", bytes, "@host"));
        all.put("base64 of JSON", base64("{\"p\":\"", json.getBytes(UTF_8), "\"}"));
        all.put("base64 of UTF-16", base64("", value.getBytes(UTF_16LE), "\n\0"));
        all.put("JSON in base64 in JSON", base64("{\"auth\":{\"p\":\"", json.getBytes(UTF_8), "\"}}"));
        all.put("XML", plain("<p>", xml(value), "</p>"));
        return all;
    }

    /** What a careful user of an exact matcher would register: as it is, in JSON, in a URL, in base64 and in hex. */
    static List<String> ordinary(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        List<String> forms = new ArrayList<>(List.of(value, json(value), url(value)));
        forms.add(core("", bytes, ""));
        forms.add(core("x", bytes, ""));
        forms.add(core("xx", bytes, ""));
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        return forms.stream().distinct().toList();
    }

    static String json(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }

    private static String url(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    private static String xml(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static Spelling plain(String before, String spelled, String after) {
        return new Spelling(before + spelled + after, spelled);
    }

    private static Spelling base64(String before, byte[] value, String after) {
        String whole = Base64.getEncoder().encodeToString(joined(before, value, after));
        return new Spelling("Authorization: Basic " + whole + " sent", core(before, value, after));
    }

    /** The characters of base64 whose six bits are all the value's. */
    private static String core(String before, byte[] value, String after) {
        String whole = Base64.getEncoder().encodeToString(joined(before, value, after));
        int from = before.getBytes(UTF_8).length * 8;
        int to = from + value.length * 8;
        return whole.substring((from + 5) / 6, to / 6);
    }

    private static byte[] joined(String before, byte[] value, String after) {
        byte[] head = before.getBytes(UTF_8);
        byte[] tail = after.getBytes(UTF_8);
        byte[] all = new byte[head.length + value.length + tail.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(value, 0, all, head.length, value.length);
        System.arraycopy(tail, 0, all, head.length + value.length, tail.length);
        return all;
    }
}
