package dev.tacet.sidecar.render;

import static dev.tacet.sidecar.render.Rendering.data;
import static dev.tacet.sidecar.render.Rendering.entries;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tacet.redactor.SecretValue;
import dev.tacet.sidecar.config.FileSettings.Format;
import dev.tacet.sidecar.source.SecretData;
import dev.tacet.sidecar.testing.Command;
import dev.tacet.sidecar.testing.Requires;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Each format against a reader of its language that is not ours. */
final class EntriesOutputTest {
    private static final String ODD = "'\"\\`$%!#&*?~|<>{}[]():;=, \t\n\r\f\b\u0001\u007f\u0085\u2028\ufeff\ufffdöß€";
    private static final List<String> HAND_PICKED = List.of(
            // what a reader would take for something else than text
            "no",
            "null",
            "~",
            "0123",
            "1e3",
            "2026-11-23",
            // what has a meaning at an end, or alone
            " a ",
            "\n",
            "a\n",
            "\r\n",
            "'",
            "''",
            "\"",
            "\\",
            "a\\",
            "$",
            "$(id)",
            "`id`",
            "${HOME}",
            "%s%n",
            "it's",
            "it's `a` \\ \"$b\"",
            "- a",
            "a: b",
            "a #b",
            "--- \n...",
            "&a *a !!int 1",
            "{{db/password}}",
            // beyond the basic plane, and looking like an escape
            "🔑",
            "\\u0041",
            "\\n",
            "key\u0301");

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> odd =
                Arbitraries.strings().withChars(ODD.toCharArray()).ofMinLength(1);
        Arbitrary<String> unicode = Arbitraries.integers()
                .between(1, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(points -> points.stream().map(Character::toString).collect(Collectors.joining()));
        return Arbitraries.oneOf(odd, unicode, Arbitraries.of(HAND_PICKED));
    }

    @Property
    void jsonKeepsEveryOddCharacter_row26(@ForAll("values") String one, @ForAll("values") String two)
            throws IOException {
        byte[] file = write(Format.JSON, List.of(one, two));
        assertThat(json(file)).isEqualTo(Map.of("V0", one, "V1", two));
    }

    @Property
    void yamlKeepsEveryOddCharacter_row26(@ForAll("values") String one, @ForAll("values") String two) {
        assertThat(yaml(write(Format.YAML, List.of(one, two)))).isEqualTo(Map.of("V0", one, "V1", two));
    }

    @Property
    void propertiesKeepEveryOddCharacter_row26(@ForAll("values") String one, @ForAll("values") String two)
            throws IOException {
        assertThat(properties(write(Format.PROPERTIES, List.of(one, two)))).isEqualTo(Map.of("V0", one, "V1", two));
    }

    /** Many values at once: a shell takes longer to start than to read. */
    @Property(tries = 30)
    void shellsReadEveryOddCharacterFromDotenv_row26(@ForAll List<@From("values") String> values) {
        for (String shell : List.of("bash", "sh")) {
            assertThat(sourced(shell, write(Format.DOTENV, values), values.size()))
                    .isEqualTo(values);
        }
    }

    @Example
    void keepsWhatWasPickedByHandInEachFormat_row26() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        IntStream.range(0, HAND_PICKED.size()).forEach(i -> expected.put("V" + i, HAND_PICKED.get(i)));
        assertThat(json(write(Format.JSON, HAND_PICKED))).isEqualTo(expected);
        assertThat(yaml(write(Format.YAML, HAND_PICKED))).isEqualTo(expected);
        assertThat(properties(write(Format.PROPERTIES, HAND_PICKED))).isEqualTo(expected);
        assertThat(sourced("bash", write(Format.DOTENV, HAND_PICKED), HAND_PICKED.size()))
                .isEqualTo(HAND_PICKED);
        // a reader of another family
        Requires.programs("python3");
        byte[] file = write(Format.JSON, HAND_PICKED);
        Command python = Command.run(
                List.of("python3", "-c", "import json,sys; json.dump(json.load(sys.stdin), sys.stdout)"), file);
        assertThat(json(python.out())).isEqualTo(expected);
    }

    @Example
    void keepsAMebibyte_row26() throws IOException {
        Random random = new Random(1);
        String large = random.ints(1 << 18, 0, ODD.length())
                .mapToObj(i -> String.valueOf(ODD.charAt(i)))
                .collect(Collectors.joining())
                .repeat(4);
        assertThat(large.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(1 << 20);
        Map<String, String> expected = Map.of("V0", large);
        assertThat(json(write(Format.JSON, List.of(large)))).isEqualTo(expected);
        assertThat(yaml(write(Format.YAML, List.of(large)))).isEqualTo(expected);
        assertThat(properties(write(Format.PROPERTIES, List.of(large)))).isEqualTo(expected);
        assertThat(sourced("bash", write(Format.DOTENV, List.of(large)), 1)).containsExactly(large);
    }

    @Example
    void goesOneLevelDeeperAtADot() {
        String[] references = {"db.user", "db/u", "db.pool.size", "db/n", "name", "db/u"};
        SecretData db = data("u", "app", "n", "10");
        assertThat(new Rendering(entries(Format.JSON, references)).file(db))
                .asString()
                .isEqualTo("""
                {
                  "db": {
                    "user": "app",
                    "pool": {
                      "size": "10"
                    }
                  },
                  "name": "app"
                }
                """);
        assertThat(new Rendering(entries(Format.YAML, references)).file(db))
                .asString()
                .isEqualTo("""
                "db":
                  "user": "app"
                  "pool":
                    "size": "10"
                "name": "app"
                """);
    }

    @Example
    void quotesForReadersOfDotenvThatAreNoShells() {
        assertThat(write(Format.DOTENV, List.of("a\\n$b\nc", "it's \"$5\"")))
                .asString()
                .isEqualTo("""
                V0='a\\n$b
                c'
                V1="it's \\"\\$5\\""
                """);
    }

    @Example
    void leavesOutEntriesOfASecretThatIsNotThereYet() {
        for (Format format : Format.values()) {
            Rendered rendered =
                    new Rendering(entries(format, "A", "db/a", "B", "other/b")).render(Map.of("db", data("a", "here")));
            assertThat(Rendering.text(rendered, "f")).contains("here").doesNotContain("B");
            Rendered nothing = new Rendering(entries(format, "B", "other/b")).render(Map.of("db", data("a", "here")));
            assertThat(nothing.problems()).isEmpty();
            assertThat(Rendering.text(nothing, "f")).isIn("", "{}\n");
        }
    }

    @Example
    void namesFileAndKeyWhenAKeyDisappears_row38() {
        for (Format format : Format.values()) {
            Problem problem = new Rendering(entries(format, "A", "db/a")).unfit("db", data("b", "canary"));
            assertThat(problem.message()).isEqualTo("db/a is missing, and f draws from it");
        }
    }

    @Example
    void refusesWhatAFormatCannotHold() {
        SecretData bytes =
                new SecretData("1", new TreeMap<>(Map.of("a", SecretValue.of(new byte[] {(byte) 0xff, 'x'}))));
        for (Format format : Format.values()) {
            assertThat(new Rendering(entries(format, "A", "db/a"))
                            .unfit("db", bytes)
                            .message())
                    .isEqualTo("db/a is not UTF-8 text, and f draws from it");
        }
        assertThat(new Rendering(entries(Format.DOTENV, "A", "db/a"))
                        .unfit("db", data("a", "x\0y"))
                        .message())
                .isEqualTo("db/a holds a NUL, which no variable can, and f draws from it");
        assertThat(new Rendering(entries(Format.JSON, "A", "db/a")).file(data("a", "x\0y")))
                .asString()
                .contains("x\\u0000y");
    }

    /** V0, V1 … */
    private static byte[] write(Format format, List<String> values) {
        Map<String, SecretValue> keys = new LinkedHashMap<>();
        String[] references = new String[2 * values.size()];
        for (int i = 0; i < values.size(); i++) {
            references[2 * i] = "V" + i;
            references[2 * i + 1] = "db/k" + i;
            keys.put("k" + i, SecretValue.ofUtf8(values.get(i)));
        }
        keys.put("one-at-least", SecretValue.ofUtf8("x"));
        return new Rendering(entries(format, references)).file(new SecretData("1", new TreeMap<>(keys)));
    }

    private static Object json(byte[] file) throws IOException {
        return new ObjectMapper().readValue(file, Object.class);
    }

    private static Object yaml(byte[] file) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return new Yaml(new SafeConstructor(options)).load(new String(file, StandardCharsets.UTF_8));
    }

    private static Map<Object, Object> properties(byte[] file) throws IOException {
        Properties properties = new Properties();
        properties.load(new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8));
        return properties;
    }

    private static List<String> sourced(String shell, byte[] file, int count) {
        Requires.programs(shell);
        String names =
                IntStream.range(0, count).mapToObj(i -> " \"$V" + i + "\"").collect(Collectors.joining());
        // Printed by the shell itself: a mebibyte does not fit into the environment of another program.
        String script = "set -a; . /dev/stdin; [ " + count + " -eq 0 ] || printf '%s\\0'" + names;
        Command ran = Command.run(List.of(shell, "-c", script), file);
        assertThat(ran.err()).isEmpty();
        String out = new String(ran.out(), StandardCharsets.UTF_8);
        return count == 0 ? List.of() : List.of(out.split("\0", -1)).subList(0, count);
    }
}
