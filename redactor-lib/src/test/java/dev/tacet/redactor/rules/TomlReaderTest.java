package dev.tacet.redactor.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our reader and Jackson's read the same. */
final class TomlReaderTest {
    private static final TomlMapper ORACLE = new TomlMapper();

    private static void assertSame(Toml ours, JsonNode theirs) {
        if (ours instanceof Toml.Table table) {
            assertThat(theirs.isObject()).isTrue();
            List<String> names = new ArrayList<>();
            theirs.fieldNames().forEachRemaining(names::add);
            assertThat(table.members().keySet()).containsExactlyInAnyOrderElementsOf(names);
            for (Map.Entry<String, Toml> member : table.members().entrySet()) {
                assertSame(member.getValue(), theirs.get(member.getKey()));
            }
        } else if (ours instanceof Toml.Array array) {
            assertThat(theirs.isArray()).isTrue();
            assertThat(array.items()).hasSize(theirs.size());
            for (int i = 0; i < theirs.size(); i++) {
                assertSame(array.items().get(i), theirs.get(i));
            }
        } else if (ours instanceof Toml.Text text) {
            assertThat(theirs.isTextual()).isTrue();
            assertThat(text.value()).isEqualTo(theirs.asText());
        } else if (ours instanceof Toml.Scalar scalar
                && theirs.isNumber()
                && scalar.value().matches("[0-9.]+")) {
            assertThat(Double.parseDouble(scalar.value())).isEqualTo(theirs.asDouble());
        }
    }

    @Test
    void readsAllOfGitleaks() throws Exception {
        String text = Files.readString(SharedData.at("gitleaks/gitleaks.toml"));
        assertSame(TomlReader.read(text), ORACLE.readTree(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment",
                "a = 1 # behind\nb = \"x # y\"",
                "a.b.c = 'x'\na.d = true",
                "\"a b\".'c.d' = 1",
                "a = [1, 2,\n # in between\n 3,\n]",
                "a = []",
                "a = {b = 1, c = {d = [\"x\"]}}",
                "[a]\nb = 1\n[a.c]\nd = 2\n[e]",
                "[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n[[a.e]]\nf = 4",
                "a = \"\"\"\nx\n  y \\\n   z\"\"\"",
                "a = '''\nx\\n'y''\n'''",
                "a = \"\"\"x\"\"\"\"",
                "a = \"\\u00e9\\U0001F600\\t\\\\\\\"\"",
                "a = 1_000\nb = 0xFF\nc = 1.5e3\nd = -2\ne = inf",
                "a = 2026-11-26T10:00:00Z\nb = 2026-11-26 10:00:00\nc = 10:00:00",
                "a = 1\r\n[b]\r\nc = 2\r\n"
            })
    void readsWhatJacksonReads(String text) throws Exception {
        assertSame(TomlReader.read(text), ORACLE.readTree(text));
    }

    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> key = Arbitraries.of("a", "b", "c-1", "\"q q\"", "'l'");
        Arbitrary<String> basic = Arbitraries.strings()
                .withChars("ab '#=[]{}\u00e9")
                .ofMaxLength(8)
                .map(text -> "\"" + text + "\"");
        Arbitrary<String> literal =
                Arbitraries.strings().withChars("ab\\\"#=[]").ofMaxLength(8).map(text -> "'" + text + "'");
        Arbitrary<String> lines =
                Arbitraries.strings().withChars("ab\n \"\\").ofMaxLength(12).map(text -> "'''" + text + "'''");
        Arbitrary<String> scalar =
                Arbitraries.oneOf(basic, literal, lines, Arbitraries.of("1", "2.5", "true", "false", "12_3"));
        Arbitrary<String> array = scalar.list().ofMaxSize(3).map(items -> "[ " + String.join(" ,\n", items) + " ]");
        Arbitrary<String> value =
                Arbitraries.oneOf(scalar, array, scalar.map(inner -> "{ x = " + inner + ", y.z = 1 }"));
        Arbitrary<String> pair = Combinators.combine(key, value).as((name, given) -> name + " = " + given);
        Arbitrary<String> header = Arbitraries.of("[t]", "[[l]]", "[l.m]", "[t.u]", "[\"v\".w]", "# comment", "");
        return Arbitraries.oneOf(pair, header).list().ofMaxSize(8).map(parts -> String.join("\n", parts) + "\n");
    }

    /** What both accept both read alike; what Jackson reads we read. */
    @Property(tries = 3000)
    void readsGeneratedDocuments(@ForAll("documents") String text) throws Exception {
        JsonNode theirs;
        try {
            theirs = ORACLE.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException refused) {
            return;
        }
        assertSame(TomlReader.read(text), theirs);
    }

    @Property(tries = 3000)
    void neverFailsOtherwiseThanItSays(@ForAll String text) {
        try {
            assertThat(TomlReader.read(text)).isNotNull();
        } catch (TomlReader.TomlException told) {
            assertThat(told.getMessage()).startsWith("line ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a = | line 1, column 4",
                "a = b | needs quotes",
                "a = 1 b = 2 | behind the value",
                "a = 'x | not closed",
                "[a | here should be ]",
                "a = 1@a = 2 | line 2",
                "a = 1@[a] | something else",
                "[a]@[a] | defined before",
                "a = \"\\q\" | no such escape",
                "= 1 | a name is expected",
            })
    void saysWhatIsWrongAndWhere(String text, String told) {
        assertThatThrownBy(() -> TomlReader.read(text.replace('@', '\n')))
                .isInstanceOf(TomlReader.TomlException.class)
                .hasMessageContaining(told);
    }

    @Test
    void boundsTheDepth() {
        assertThatThrownBy(() -> TomlReader.read("a = " + "[".repeat(100_000)))
                .isInstanceOf(TomlReader.TomlException.class)
                .hasMessageContaining("too deep");
    }
}
