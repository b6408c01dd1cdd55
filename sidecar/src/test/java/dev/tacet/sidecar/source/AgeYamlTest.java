package dev.tacet.sidecar.source;

import static dev.tacet.sidecar.source.Fetches.assertValue;
import static dev.tacet.sidecar.source.Fetches.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tacet.redactor.SecretValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

final class AgeYamlTest {
    private static final AgeYamlReader READER = new AgeYamlReader(Path.of("store.age"));

    private static AgeDocument read(String yaml) throws SourceException {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void readsBackAnyText(@ForAll @NotEmpty String key, @ForAll String value) throws Exception {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String name = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8); // no lone surrogates
        AgeDocument document = AgeDocument.EMPTY.with("db", name, SecretValue.of(bytes));
        assertThat(READER.read(AgeYaml.write(document)).equals(document)).isTrue();
    }

    @Property(tries = 500)
    void readsBackAnyBytes(@ForAll byte[] value) throws Exception {
        AgeDocument document = AgeDocument.EMPTY.with("app/db", "key", SecretValue.of(value));
        assertThat(READER.read(AgeYaml.write(document)).equals(document)).isTrue();
    }

    @Test
    void writesWhatAPersonCanEdit() {
        AgeDocument document = AgeDocument.EMPTY
                .with("db", "password", SecretValue.ofUtf8("text \u00e9\n"))
                .with("db", "keystore", SecretValue.of(new byte[] {(byte) 0xfe, 0, 1}));
        assertThat(new String(AgeYaml.write(document), StandardCharsets.UTF_8)).isEqualTo("""
                        tacet-store: 1
                        secrets:
                          db:
                            version: 2
                            values:
                              keystore: !!binary "/gAB"
                              password: "text \u00e9\\n"
                        """);
    }

    @Test
    void takesAValueAsTheTextThatStandsThere() throws Exception {
        record Row(String yaml, String value) {}
        List<Row> rows = List.of(
                new Row("0123", "0123"), // an octal number to YAML 1.1
                new Row("yes", "yes"), // a boolean to YAML 1.1
                new Row("1e3", "1e3"),
                new Row("2026-11-24", "2026-11-24"),
                new Row("1_000", "1_000"),
                new Row("'it''s'", "it's"),
                new Row("\"\\u00e9\\t\"", "\u00e9\t"),
                new Row("|\n        two\n        lines\n", "two\nlines\n"),
                new Row(">-\n        one\n        line", "one line"),
                new Row("\"\"", ""),
                new Row("!!binary |\n        YW\n        I=\n", "ab"));
        for (Row row : rows) {
            AgeDocument document =
                    read("tacet-store: 1\r\nsecrets:\n  db:\n    version: 7\n    values:\n      k: " + row.yaml);
            assertValue(document.secrets().get("db"), "k", row.value.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void takesAnEmptyStore() throws Exception {
        assertThat(read("tacet-store: 1\n").secrets()).isEmpty();
        assertThat(read("tacet-store: 1\nsecrets:\n").secrets()).isEmpty();
        assertThat(READER.read(AgeYaml.write(AgeDocument.EMPTY)).secrets()).isEmpty();
    }

    @Test
    void namesLineAndColumnOfAMistakeAndQuotesNothing() {
        String canary = "canary-5hZq8";
        String head = "tacet-store: 1\nsecrets:\n  db:\n    version: 1\n    values:\n";
        record Row(String yaml, String message) {}
        List<Row> rows = List.of(
                new Row("", ": there is nothing in it"),
                new Row(canary, ", line 1, column 1: keys and values are needed here"),
                new Row("- " + canary, ", line 1, column 1: keys and values are needed here"),
                new Row("secrets: {" + canary + ": 1}", ", line 1, column 1: a key is missing"),
                new Row("tacet-store: 2\n# " + canary, ", line 1, column 14: tacet-store must be 1"),
                new Row(
                        "tacet-store: 1\n" + canary + ": 1",
                        ", line 2, column 1: a key here is one of: tacet-store, secrets"),
                new Row(head + "      k: \"" + canary, ", line 6, column 23: this is not YAML"),
                new Row(head + "      k: \"\\q" + canary + "\"", ", line 6, column 12: this is not YAML"),
                new Row(head + "      k: " + canary + ": x", ", line 6, column 22: this is not YAML"),
                new Row(head + "      k: @" + canary, ", line 6, column 10: this is not YAML"),
                new Row(head + "      k: [" + canary + "]", ", line 6, column 10: text is needed here"),
                new Row(head + "      k: {" + canary + ": 1}", ", line 6, column 10: text is needed here"),
                new Row(
                        head + "      k: !!int " + canary + "\n      k: 1",
                        ", line 7, column 7: a key stands here a second time"),
                new Row(head + "      k: !x " + canary, ", line 6, column 10: a value has a tag other than !!binary"),
                new Row(
                        head + "      k: !!binary " + canary,
                        ", line 6, column 10: after !!binary there must be base64"),
                new Row(head + "      " + canary + ":", ", line 6, column 20: a value is missing"),
                new Row(head + "      k: *" + canary, ", line 6, column 10: this is not YAML"),
                new Row(
                        head + "      <<: {" + canary + ": x}",
                        ", line 6, column 7: a key is missing, or is a merge key"),
                new Row(
                        "tacet-store: 1\nsecrets: {db: {version: " + canary + "}}",
                        ", line 2, column 25: version must be a number from 1 on"),
                new Row(
                        "tacet-store: 1\nsecrets: {db: {values: {k: " + canary + "}}}",
                        ", line 2, column 15: a key is missing"),
                new Row("tacet-store: 1\n---\n" + canary, ", line 2, column 1: this is not YAML"),
                new Row(
                        "tacet-store: 1\n# " + canary + "\u0001",
                        ": it holds a character that YAML does not allow, or is nested too deep"),
                new Row(
                        "[".repeat(100) + canary,
                        ": it holds a character that YAML does not allow, or is nested too deep"));
        for (Row row : rows) {
            SourceException trouble = catchThrowableOfType(SourceException.class, () -> read(row.yaml));
            assertThat(trouble).as(row.message).isNotNull();
            assertThat(trouble.failure().message()).isEqualTo("in the store store.age" + row.message);
            assertThat(printed(trouble)).doesNotContain(canary);
            assertThat(trouble.failure().toString()).doesNotContain(canary);
        }
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] latin1 = "tacet-store: 1 # \u00e9".getBytes(StandardCharsets.ISO_8859_1);
        SourceException trouble = catchThrowableOfType(SourceException.class, () -> READER.read(latin1));
        assertThat(trouble.failure().message()).endsWith("it is not UTF-8 text");
    }

    @Test
    void countsAVersionUpWithEachChangeOnly() {
        AgeDocument one = AgeDocument.EMPTY.with("db", "k", SecretValue.ofUtf8("a"));
        assertThat(one.version("db")).isEqualTo("1");
        assertThat(one.with("db", "k", SecretValue.ofUtf8("a"))).isEqualTo(one);
        assertThat(one.with("db", "k", SecretValue.ofUtf8("b")).version("db")).isEqualTo("2");
        assertThat(one.with("tls", "k", SecretValue.ofUtf8("b")).version("db")).isEqualTo("1");
    }

    @Test
    void showsNoValueOfADocument() {
        String canary = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4, 5, 6});
        AgeDocument document = new AgeDocument(new TreeMap<>()).with("db", "k", SecretValue.ofUtf8(canary));
        assertThat(new String(AgeYaml.write(document), StandardCharsets.UTF_8)).contains(canary);
        assertThat(document.toString()).doesNotContain(canary);
    }
}
