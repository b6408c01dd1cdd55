package dev.tacet.redactor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rows 24 to 40 of the leak vectors: a value in every encoding, made by encoders that are not ours. Each spelling is tried alone, with
 * text around it, and inside a JSON string; none may leave six characters of it in a row.
 */
final class EncodingRowsTest {
    /** Nothing in it needs an escape. */
    private static final String TOKEN = "hvs7CAESIKx0pZQ3vWm9bT2";

    /** Every kind of character that some encoder escapes. */
    private static final String ODD = "p\"q\\r/s<t>&u'v=w%41+x y\u00e9\ud83d\ude00\tz9";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final Redactor REDACTOR = Redactor.builder()
            .secret("s", SecretValue.ofUtf8(TOKEN))
            .secret("s", SecretValue.ofUtf8(ODD))
            .build();

    private static Arguments row(int row, String what, String spelled) {
        return Arguments.of(row, what, spelled);
    }

    private static String json(ObjectMapper mapper, String text) {
        try {
            String quoted = mapper.writeValueAsString(text);
            return quoted.substring(1, quoted.length() - 1);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String hex(String text, String prefix, String delimiter) {
        return HexFormat.of().withPrefix(prefix).withDelimiter(delimiter).formatHex(text.getBytes(UTF_8));
    }

    private static String each(String text, String format) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            out.append(String.format(Locale.ROOT, format, b & 0xff));
        }
        return out.toString();
    }

    private static String units(String text, String format) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(String.format(Locale.ROOT, format, c)));
        return out.toString();
    }

    private static String html(String text, String apostrophe) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", apostrophe);
    }

    static Stream<Arguments> spellings() {
        List<Arguments> rows = new ArrayList<>();
        Base64.Encoder url = Base64.getUrlEncoder();
        for (String s : List.of(TOKEN, ODD)) {
            for (String before : List.of("", "u", "u:", "us:")) { // three alignments, and with a user's name
                for (String after : List.of("", "\n", "!!")) { // what follows changes the last character
                    rows.add(row(24, "base64", base64(before + s + after)));
                    rows.add(row(24, "base64 for URLs", url.encodeToString((before + s + after).getBytes(UTF_8))));
                    rows.add(row(
                            24,
                            "without padding",
                            url.withoutPadding().encodeToString((before + s + after).getBytes(UTF_8))));
                }
            }
            for (int shift = 0; shift < 57; shift += 5) {
                String long1 = "x".repeat(shift) + s + "y".repeat(60);
                rows.add(row(
                        25,
                        "wrapped at 76 by " + shift,
                        new String(Base64.getMimeEncoder().encode(long1.getBytes(UTF_8)), UTF_8)));
                String at64 =
                        new String(Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(long1.getBytes(UTF_8)), UTF_8);
                rows.add(row(25, "wrapped at 64 by " + shift, at64));
                rows.add(row(25, "wrapped, in JSON by " + shift, json(JSON, at64)));
            }
            rows.add(row(26, "base64 of base64", base64(base64("u:" + s))));
            rows.add(row(26, "base64 of JSON", base64("{\"p\":\"" + json(JSON, s) + "\"}")));
            rows.add(row(26, "base64 of ASCII JSON", base64("{\"p\":\"" + json(ASCII, s) + "\"}")));
            rows.add(row(
                    26, "base64 of UTF-16", Base64.getEncoder().encodeToString(("$p='" + s + "'").getBytes(UTF_16LE))));
            rows.add(row(27, "Basic", "Authorization: Basic " + base64("app:" + s)));
            rows.add(row(27, "Kubernetes Secret", "data:\n  password: " + base64(s + "\n") + "\n"));
            rows.add(row(27, "docker", "{\"auths\":{\"r\":{\"auth\":\"" + base64("robot:" + s) + "\"}}}"));
            rows.add(row(28, "URLEncoder", URLEncoder.encode(s, UTF_8)));
            rows.add(row(28, "blank as %20", URLEncoder.encode(s, UTF_8).replace("+", "%20")));
            rows.add(row(28, "lower case", lowerPercent(s)));
            rows.add(row(28, "over-encoded", each(s, "%%%02X")));
            rows.add(row(
                    28,
                    "one letter over-encoded",
                    "%" + Integer.toHexString(s.charAt(0)) + URLEncoder.encode(s.substring(1), UTF_8)));
            rows.add(row(28, "twice", URLEncoder.encode(URLEncoder.encode(s, UTF_8), UTF_8)));
            rows.add(row(29, "Jackson", json(JSON, s)));
            rows.add(row(29, "Jackson in ASCII", json(ASCII, s)));
            rows.add(row(29, "slash escaped", json(JSON, s).replace("/", "\\/")));
            rows.add(row(
                    29,
                    "safe in HTML",
                    json(JSON, s)
                            .replace("<", "\\u003c")
                            .replace(">", "\\u003E")
                            .replace("&", "\\u0026")
                            .replace("'", "\\u0027")));
            rows.add(row(29, "all by number, lower", units(s, "\\u%04x")));
            rows.add(row(29, "all by number, upper", units(s, "\\u%04X")));
            rows.add(row(30, "JSON in JSON", json(JSON, "{\"p\":\"" + json(JSON, s) + "\"}")));
            rows.add(row(30, "JSON in JSON in JSON", json(JSON, json(JSON, "{\"p\":\"" + json(JSON, s) + "\"}"))));
            rows.add(row(30, "ASCII JSON in JSON", json(JSON, "{\"p\":\"" + json(ASCII, s) + "\"}")));
            rows.add(row(31, "HTML", html(s, "&#x27;")));
            rows.add(row(31, "XML", html(s, "&apos;")));
            rows.add(row(31, "decimal", entities(s, "&#%d;")));
            rows.add(row(31, "hexadecimal", entities(s, "&#x%X;")));
            rows.add(row(32, "hex", hex(s, "", "")));
            rows.add(row(32, "HEX", hex(s, "", "").toUpperCase(Locale.ROOT)));
            rows.add(row(32, "0x and all", "0x" + hex(s, "", "")));
            rows.add(row(32, "colons", hex(s, "", ":")));
            rows.add(row(32, "colons, upper", hex(s, "", ":").toUpperCase(Locale.ROOT)));
            rows.add(row(32, "blanks", hex(s, "", " ")));
            rows.add(row(32, "dashes", hex(s, "", "-")));
            rows.add(row(32, "0x each", hex(s, "0x", ", ")));
            rows.add(row(32, "as xxd -p wraps it", xxd("a beginning that is rather long " + s + s)));
            rows.add(row(33, "in single quotes", "'" + s.replace("'", "'\\''") + "'"));
            rows.add(row(33, "in single quotes, the other way", "'" + s.replace("'", "'\"'\"'") + "'"));
            rows.add(row(33, "backslashes", s.replaceAll("([^A-Za-z0-9\u0080-\uffff])", "\\\\$1")));
            rows.add(row(
                    33,
                    "ANSI-C quoting",
                    "$'" + s.replace("\\", "\\\\").replace("'", "\\'").replace("\t", "\\t") + "'"));
            rows.add(row(33, "octal", "$'" + each(s, "\\%03o") + "'"));
            rows.add(row(34, "Arrays.toString", Arrays.toString(s.getBytes(UTF_8))));
            if (s.equals(TOKEN)) { // characters of ASCII alone
                rows.add(row(34, "a list of characters", Arrays.toString(s.toCharArray())));
            }
            rows.add(row(34, "unsigned", each(s, "%d ").strip()));
            rows.add(row(
                    34,
                    "Python's repr",
                    "b'"
                            + s.replace("\\", "\\\\")
                                    .replace("'", "\\'")
                                    .replace("\t", "\\t")
                                    .replace("\u00e9", "\\xc3\\xa9")
                                    .replace("\ud83d\ude00", "\\xf0\\x9f\\x98\\x80")
                            + "'"));
            rows.add(row(
                    34,
                    "properties",
                    s.replace("\\", "\\\\")
                            .replace("=", "\\=")
                            .replace(":", "\\:")
                            .replace("\t", "\\t")
                            .replace("\u00e9", "\\u00e9")
                            .replace("\ud83d\ude00", "\\uD83D\\uDE00")));
            rows.add(row(34, "SQL", "'" + s.replace("'", "''") + "'"));
            rows.add(row(34, "CSV", "\"" + s.replace("\"", "\"\"") + "\""));
            rows.add(row(34, "make", s.replace("$", "$$")));
            rows.add(row(35, "NFD", Normalizer.normalize(s, Normalizer.Form.NFD)));
            rows.add(row(35, "NFC", Normalizer.normalize(s, Normalizer.Form.NFC)));
            rows.add(row(
                    37,
                    "coloured inside",
                    s.substring(0, 5) + "\u001b[31;1m" + s.substring(5, 9) + "\u001b[0m" + s.substring(9)));
            rows.add(row(37, "coloured letter by letter", s.replaceAll("(?s)([A-Za-z0-9])", "\u001b[32m$1\u001b[0m")));
            rows.add(row(
                    37,
                    "characters of no width",
                    s.substring(0, 6) + "\u200b" + s.substring(6, 10) + "\u00ad" + s.substring(10)));
            rows.add(row(37, "coloured in JSON", json(JSON, s.substring(0, 5) + "\u001b[0m" + s.substring(5))));
        }
        return rows.stream();
    }

    private static String lowerPercent(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            boolean kept = Character.isLetterOrDigit(b) && b > 0;
            out.append(kept ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02x", b & 0xff));
        }
        return out.toString();
    }

    private static String entities(String text, String format) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> out.append(String.format(Locale.ROOT, format, c)));
        return out.toString();
    }

    private static String xxd(String text) {
        return hex(text, "", "").replaceAll("(.{60})", "$1\n");
    }

    @ParameterizedTest(name = "row{0} {1} [{index}]")
    @MethodSource("spellings")
    void rows24to37_noSpellingIsLeft(int row, String what, String spelled) throws Exception {
        assertThat(row).isBetween(24, 37);
        for (String text : List.of(
                spelled,
                "before " + spelled + " after",
                "[" + spelled + "]",
                "k=" + spelled + "&l=1",
                spelled + "\nnext line")) {
            String redacted = REDACTOR.redact(text);
            assertThat(redacted).as(what).contains("[REDACTED:s]");
            assertThat(isLeft(row, redacted, spelled)).as(what).isFalse();
        }
        // Inside one more encoding, where that is not one too many.
        if (!what.contains("in JSON")) {
            String document = JSON.writeValueAsString(Map.of("message", spelled, "n", 1));
            JsonNode parsed = JSON.readTree(REDACTOR.redact(document));
            assertThat(parsed.get("n").asInt()).isEqualTo(1);
            assertThat(parsed.get("message").asText()).as(what).contains("[REDACTED:s]");
        }
    }

    /** Whether the middle of a spelled value is left; where it was wrapped, the middle may be what stood around it. */
    private static boolean isLeft(int row, String redacted, String spelled) {
        String middle = spelled.substring(spelled.length() / 3, spelled.length() - spelled.length() / 3);
        return row != 25 && middle.length() >= 12 && redacted.contains(middle);
    }

    @Test
    void row34_unsignedBytesOfAValueWithFewLettersInARow() {
        String value = "mSbRtLv\u20acNCI8\u00e9\u00e9e";
        StringBuilder unsigned = new StringBuilder();
        for (byte b : value.getBytes(UTF_8)) {
            unsigned.append(b & 0xff).append(", ");
        }
        Redactor redactor =
                Redactor.builder().secret("s", SecretValue.ofUtf8(value)).build();
        for (String list : List.of("bytes " + unsigned + "0", Arrays.toString((value + "\n").getBytes(UTF_8)))) {
            assertThat(redactor.redact(list)).contains("[REDACTED:s]").doesNotContain("83, 98, 82");
        }
    }

    @Test
    void row26_base64OfAPropertiesFileWithAValueOfFewLettersInARow() {
        String value = "J=vQMs:i4\u00e9!#";
        Redactor redactor =
                Redactor.builder().secret("s", SecretValue.ofUtf8(value)).build();
        for (String before : List.of("p=", "pw=", "pwd=")) {
            for (String notAscii : List.of("\u00e9", "\\u00E9")) { // to a writer, to a stream
                String file = before + "J\\=vQMs\\:i4" + notAscii + "\\!\\#\n";
                assertThat(redactor.redact("x " + base64(file))).contains("[REDACTED:s]");
            }
        }
    }

    @Test
    void row26_encodedXmlThatLeavesTheApostropheAlone() {
        String value = "6R\"`'QAN\\<";
        Redactor redactor =
                Redactor.builder().secret("s", SecretValue.ofUtf8(value)).build();
        for (String spelled : List.of("6R&quot;`'QAN\\&lt;", "6R\"`'QAN\\&lt;")) {
            for (String before : List.of("p=", "pw=", "pwd=")) {
                assertThat(redactor.redact("x " + base64(before + spelled + ">")))
                        .contains("[REDACTED:s]");
                assertThat(redactor.redact("x " + hex(before + spelled + ">", "", "")))
                        .contains("[REDACTED:s]");
            }
        }
    }

    @Test
    void row35_otherCharacterSetsInABinaryStream() {
        for (byte[] bytes : List.of(
                "caf\u00e9-au-lait-4711".getBytes(ISO_8859_1),
                "caf\u00e9-au-lait-4711".getBytes(UTF_16LE),
                "caf\u00e9-au-lait-4711".getBytes(UTF_16BE))) {
            Redactor redactor = Redactor.builder()
                    .secret("s", SecretValue.ofUtf8("caf\u00e9-au-lait-4711"))
                    .build();
            byte[] text = new byte[bytes.length + 8];
            System.arraycopy(bytes, 0, text, 4, bytes.length);
            byte[] redacted = redactor.redact(text);
            assertThat(new String(redacted, ISO_8859_1)).contains("[REDACTED:s]");
            assertThat(redacted.length).isLessThan(text.length + 4);
        }
        byte[] invalid = {(byte) 0xc3, 0, (byte) 0xff, (byte) 0xe2, (byte) 0x80, 'x'};
        assertThat(REDACTOR.redact(invalid)).isSameAs(invalid);
    }

    @Test
    void row36_letterCaseIsFoldedOnRequest() {
        for (boolean fold : new boolean[] {false, true}) {
            Redactor redactor = Redactor.builder()
                    .foldCase(fold)
                    .secret("s", SecretValue.ofUtf8(TOKEN))
                    .secret("short", SecretValue.ofUtf8("AbCdEfGh"))
                    .build();
            assertThat(redactor.redact("x " + TOKEN.toLowerCase(Locale.ROOT)).contains("[REDACTED:s]"))
                    .isEqualTo(fold);
            assertThat(redactor.redact("x " + TOKEN.toUpperCase(Locale.ROOT)).contains("[REDACTED:s]"))
                    .isEqualTo(fold);
            assertThat(redactor.redact("abcdefgh")).isEqualTo("abcdefgh");
        }
    }

    @Test
    void row38_aBeginningThatWasCutShort() {
        // 23 characters: from 12 on a beginning is masked.
        for (int length = 1; length < TOKEN.length(); length++) {
            String start = TOKEN.substring(0, length);
            String masked = length < 12 ? start : "[REDACTED:s]";
            assertThat(REDACTOR.redact("a " + start)).isEqualTo("a " + masked);
            assertThat(REDACTOR.redact("a " + start + "\n")).isEqualTo("a " + masked + "\n");
            assertThat(REDACTOR.redact("a " + start + "... b")).isEqualTo("a " + masked + "... b");
            assertThat(REDACTOR.redact("a " + start + "\u2026")).isEqualTo("a " + masked + "\u2026");
            assertThat(REDACTOR.redact("{\"m\":\"" + start + "\"}")).isEqualTo("{\"m\":\"" + masked + "\"}");
        }
        // Of a value of 8 to 20 characters, 8 are enough at the end of a text.
        Redactor shorter = Redactor.builder()
                .secret("s", SecretValue.ofUtf8("abcdef-012345"))
                .build();
        assertThat(shorter.redact("a abcdef-0")).isEqualTo("a [REDACTED:s]");
        assertThat(shorter.redact("a abcdef-")).isEqualTo("a abcdef-");
        // Where a text goes on, it was not cut.
        assertThat(REDACTOR.redact("a " + TOKEN.substring(0, 15) + "Z b"))
                .isEqualTo("a " + TOKEN.substring(0, 15) + "Z b");
    }

    @Test
    void row39_halvesInTwoPlacesAreOutOfScope() {
        String halves = "{\"a\":\"" + TOKEN.substring(0, 11) + "\",\"b\":\"" + TOKEN.substring(11) + "\"}";
        assertThat(REDACTOR.redact(halves)).isEqualTo(halves);
    }

    @Test
    void row40_whatTheApplicationHidItselfIsLeftAlone() {
        for (String hidden :
                List.of("sha256:9f86d081884c7d659a2feaa0c55ad015", "hvs7****bT2", "********", "[REDACTED:s]")) {
            assertThat(REDACTOR.redact(hidden)).isSameAs(hidden);
        }
    }
}
